package io.holdfast.cli.client;

import io.holdfast.core.ServiceName;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code SERVICE} or {@code SERVICE/SLOT}, as a user names what a command is about. */
record SlotRef(ServiceName service, OptionalInt slot) {

  private static final Pattern SHAPE = Pattern.compile("([^/#]+)(?:/(\\d{1,5})(?:#\\d+)?)?");

  /** Before the command line has been read. */
  static final SlotRef UNSET = new SlotRef(new ServiceName("unset"), OptionalInt.empty());

  static SlotRef parse(String text) {
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.matches() || !ServiceName.isValid(matcher.group(1))) {
      throw new TypeConversionException("expected SERVICE or SERVICE/SLOT, got '" + text + "'");
    }
    return new SlotRef(
        new ServiceName(matcher.group(1)),
        Optional.ofNullable(matcher.group(2))
            .map(slot -> OptionalInt.of(Integer.parseInt(slot)))
            .orElse(OptionalInt.empty()));
  }

  /** {@code slot=2}, or nothing. */
  String query() {
    return slot.isPresent() ? "slot=" + slot.getAsInt() : "";
  }

  @Override
  public String toString() {
    return slot.isPresent() ? service + "/" + slot.getAsInt() : service.toString();
  }

  /** For picocli. */
  static final class Converter implements ITypeConverter<SlotRef> {
    @Override
    public SlotRef convert(String value) {
      return parse(value);
    }
  }

  /** For picocli, where only a whole service will do. */
  static final class ServiceConverter implements ITypeConverter<SlotRef> {
    @Override
    public SlotRef convert(String value) {
      if (!ServiceName.isValid(value)) {
        throw new TypeConversionException("expected the name of a service, got '" + value + "'");
      }
      return parse(value);
    }
  }
}
