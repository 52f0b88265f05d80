package io.holdfast.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Applied versions whose rollout has failed. A service is ready all the same afterwards, with the
 * version that worked before.
 */
final class FailedRollouts {

  /** What came just before is read too; which version it is about is in the events themselves. */
  private static final Duration BEFORE = Duration.ofMinutes(2);

  private FailedRollouts() {}

  /**
   * A line for each.
   *
   * @param applied items of {@code name, version, change}
   * @param within so long ago they were applied at most
   */
  static List<String> of(AdminClient client, JsonNode applied, Duration within) {
    List<String> lines = new ArrayList<>();
    for (JsonNode item : applied) {
      if (!Tables.text(item, "change").equals("updated")) {
        continue;
      }
      String name = Tables.text(item, "name");
      long version = item.path("version").asLong();
      failure(events(client, name, within), version)
          .ifPresent(
              why ->
                  lines.add("%s was not brought to version %d: %s".formatted(name, version, why)));
    }
    return lines;
  }

  private static JsonNode events(AdminClient client, String service, Duration within) {
    return client.list(
        "/v1/events?service="
            + AdminClient.segment(service)
            + "&since="
            + within.plus(BEFORE).toSeconds()
            + "s&limit=1000");
  }

  private static Optional<String> failure(JsonNode events, long version) {
    boolean concerned = false;
    for (JsonNode event : events) {
      String type = Tables.text(event, "type");
      if (type.equals("rollout-began")) {
        concerned = event.path("evidence").path("version").asLong() == version;
      } else if (concerned && type.equals("rollout-failed")) {
        return Optional.of(Tables.text(event, "cause") + outcome(event));
      }
    }
    return Optional.empty();
  }

  private static String outcome(JsonNode event) {
    JsonNode back = event.path("evidence").path("backToVersion");
    return back.isMissingNode() ? "" : "; it goes back to version " + back.asLong();
  }
}
