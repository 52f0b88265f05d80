package io.holdfast.cli.client;

import io.holdfast.cli.console.CommandFailed;
import io.holdfast.cli.console.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code holdfast logs}. */
@Command(
    name = "logs",
    description = "Prints what an instance has written.",
    mixinStandardHelpOptions = true)
public final class LogsCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Parameters(
      arity = "1",
      paramLabel = "SERVICE[/SLOT]",
      converter = SlotRef.Converter.class,
      description = "Whose output; the lowest slot that has any when none is given.")
  private SlotRef target = SlotRef.UNSET;

  @Option(
      names = {"-f", "--follow"},
      description = "Goes on with what is written from now.")
  private boolean follow;

  @Option(names = "--previous", description = "Of the launch before the latest.")
  private boolean previous;

  @Option(
      names = "--tail",
      paramLabel = "N",
      converter = LineCount.class,
      description = "Only the last N lines, 1 or more.")
  private OptionalInt tail = OptionalInt.empty();

  @Mixin private final ServerOption server = new ServerOption();

  public LogsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (AdminClient client = server.client();
        InputStream text = client.stream("/v1/services/" + target.service() + "/logs" + query())) {
      copy(text);
    } catch (IOException e) {
      throw new CommandFailed("the connection to the supervisor broke", e);
    }
    return 0;
  }

  /** Flushes each piece: whoever follows wants to see it now. */
  private void copy(InputStream text) throws IOException {
    byte[] piece = new byte[16 * 1024];
    for (int length = text.read(piece); length >= 0; length = text.read(piece)) {
      terminal.out().write(piece, 0, length);
      terminal.out().flush();
    }
  }

  private String query() {
    List<String> parts = new ArrayList<>();
    if (target.slot().isPresent()) {
      parts.add(target.query());
    }
    if (follow) {
      parts.add("follow=true");
    }
    if (previous) {
      parts.add("previous=true");
    }
    tail.ifPresent(lines -> parts.add("tail=" + lines));
    return parts.isEmpty() ? "" : "?" + String.join("&", parts);
  }

  /** For picocli. To an agent 0 means all that is kept, so it cannot be asked for no lines. */
  static final class LineCount implements ITypeConverter<OptionalInt> {

    private static final Pattern SHAPE = Pattern.compile("[1-9]\\d{0,8}");

    @Override
    public OptionalInt convert(String value) {
      if (!SHAPE.matcher(value).matches()) {
        throw new TypeConversionException("expected 1 or more, got '" + value + "'");
      }
      return OptionalInt.of(Integer.parseInt(value));
    }
  }
}
