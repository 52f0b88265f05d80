package io.holdfast.agent.probe;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One message of sd_notify, as far as it means something here; what else it says is passed over.
 *
 * @param status as the service words it, cut and made printable
 */
public record Notice(
    boolean ready,
    boolean alive,
    boolean trigger,
    boolean stopping,
    Optional<String> status,
    OptionalLong mainPid,
    OptionalLong extendMicros) {

  private static final int LONGEST_STATUS = 200;
  private static final String YES = "1";

  /** Reads the lines of a message, of which the last one with a name counts. */
  public static Notice parse(String text) {
    Map<String, String> said = new HashMap<>();
    text.lines()
        .filter(line -> line.indexOf('=') > 0)
        .forEach(
            line ->
                said.put(
                    line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
    return new Notice(
        YES.equals(said.get("READY")),
        YES.equals(said.get("WATCHDOG")),
        "trigger".equals(said.get("WATCHDOG")),
        YES.equals(said.get("STOPPING")),
        Optional.ofNullable(said.get("STATUS")).map(Notice::printable),
        number(said, "MAINPID"),
        number(said, "EXTEND_TIMEOUT_USEC"));
  }

  private static String printable(String status) {
    String cut = status.substring(0, Math.min(status.length(), LONGEST_STATUS));
    return cut.replaceAll("\\p{Cntrl}", " ").strip();
  }

  private static OptionalLong number(Map<String, String> said, String name) {
    String text = said.getOrDefault(name, "");
    return text.matches("\\d{1,15}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
  }
}
