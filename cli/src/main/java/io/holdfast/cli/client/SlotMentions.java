package io.holdfast.cli.client;

import static io.holdfast.cli.client.Tables.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which slots an incident is about, as far as its words tell. */
final class SlotMentions {

  private static final Pattern SLOTS = Pattern.compile("\\bslots? \\[?(\\d+(?:, \\d+)*)");

  private SlotMentions() {}

  /** True when it mentions the slot, when it mentions none, and when none was asked for. */
  static boolean concern(JsonNode incident, SlotRef target) {
    if (target.slot().isEmpty()) {
      return true;
    }
    Set<String> slots = of(incident, target);
    return slots.isEmpty() || slots.contains(String.valueOf(target.slot().getAsInt()));
  }

  private static Set<String> of(JsonNode incident, SlotRef target) {
    Pattern instance =
        Pattern.compile("(?<![a-z0-9-])" + Pattern.quote(target.service().value()) + "/(\\d+)");
    Set<String> slots = new HashSet<>();
    Stream.Builder<String> words = Stream.builder();
    words.add(text(incident, "summary"));
    incident.path("decisions").forEach(decision -> words.add(text(decision, "did")));
    words
        .build()
        .forEach(
            said -> {
              collect(instance.matcher(said), slots);
              collect(SLOTS.matcher(said), slots);
            });
    return slots;
  }

  private static void collect(Matcher matcher, Set<String> slots) {
    while (matcher.find()) {
      slots.addAll(Set.of(matcher.group(1).split(", ")));
    }
  }
}
