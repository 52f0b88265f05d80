package io.holdfast.cli.sample;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The sample's flags, each followed by its value.
 *
 * @param port {@code --port}, or PORT, or 0 for a free one
 * @param address {@code --address}; 127.0.0.1
 * @param crashAfter {@code --crash-after DURATION}
 * @param crashCode {@code --crash-code}; 1
 * @param startDelay {@code --start-delay DURATION} before it serves
 * @param parent {@code --with-pid}: it ends when this process is gone
 */
record Flags(
    int port,
    String address,
    Optional<Duration> crashAfter,
    int crashCode,
    Duration startDelay,
    Optional<Long> parent) {

  private static final List<String> KNOWN =
      List.of(
          "--port", "--address", "--crash-after", "--crash-code", "--start-delay", "--with-pid");

  /** The message says what was expected. */
  static final class BadFlag extends Exception {
    private static final long serialVersionUID = 1L;

    BadFlag(String expected) {
      super(expected);
    }
  }

  static Flags parse(String[] args, Map<String, String> environment) throws BadFlag {
    Map<String, String> given = pairs(args);
    Optional<String> crashAfter = Optional.ofNullable(given.get("--crash-after"));
    Optional<String> parent = Optional.ofNullable(given.get("--with-pid"));
    return new Flags(
        number("--port", given.getOrDefault("--port", environment.getOrDefault("PORT", "0"))),
        given.getOrDefault("--address", "127.0.0.1"),
        crashAfter.isPresent()
            ? Optional.of(duration("--crash-after", crashAfter.get()))
            : Optional.empty(),
        number("--crash-code", given.getOrDefault("--crash-code", "1")),
        duration("--start-delay", given.getOrDefault("--start-delay", "0ms")),
        parent.isPresent()
            ? Optional.of((long) number("--with-pid", parent.get()))
            : Optional.empty());
  }

  private static Map<String, String> pairs(String[] args) throws BadFlag {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i < args.length; i += 2) {
      if (!KNOWN.contains(args[i]) || i + 1 == args.length) {
        throw new BadFlag("expected one of " + KNOWN + " and a value, got '" + args[i] + "'");
      }
      given.put(args[i], args[i + 1]);
    }
    return given;
  }

  private static int number(String flag, String value) throws BadFlag {
    try {
      int number = Integer.parseInt(value);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Said below, like a negative one.
    }
    throw new BadFlag(flag + ": expected a number from 0, got '" + value + "'");
  }

  private static Duration duration(String flag, String value) throws BadFlag {
    return Durations.parse(value)
        .orElseThrow(
            () ->
                new BadFlag(flag + ": expected a duration like 500ms or 3s, got '" + value + "'"));
  }
}
