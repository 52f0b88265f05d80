package io.holdfast.core.spec;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * A port of a service, fixed, or {@code auto}: then the agent picks one for each launch.
 *
 * @param number 1 to 65535 when fixed
 */
public record PortSpec(String name, OptionalInt number) {

  private static final Pattern SHAPE = Pattern.compile("[a-z][a-z0-9-]{0,31}");

  public PortSpec {
    if (!SHAPE.matcher(name).matches()) {
      throw new InvalidSpec(
          "ports", "expected names like [a-z][a-z0-9-]{0,31}, got '" + name + "'");
    }
    number.ifPresent(value -> Check.range(name, value, 1, 65_535));
  }

  public static PortSpec auto(String name) {
    return new PortSpec(name, OptionalInt.empty());
  }

  public static PortSpec fixed(String name, int number) {
    return new PortSpec(name, OptionalInt.of(number));
  }

  /** The environment variable that carries it: {@code PORT_HTTP} for {@code http}. */
  public String variable() {
    return "PORT_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
