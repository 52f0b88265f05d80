package io.holdfast.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.cli.console.CommandFailed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Waiting until nothing is left on a node. */
class EmptyingTest {

  private final List<String> lines = new ArrayList<>();
  private final Emptying emptying = Emptying.of("node-a", lines::add);

  @Test
  void tellsHowManyInstancesAreLeftWheneverThatChanges() {
    assertThat(look(1, node("draining", 2, 0))).isFalse();
    look(2, node("draining", 2, 0));
    look(3, node("draining", 1, 0));
    assertThat(look(4, node("drained", 0, 0))).isTrue();

    assertThat(lines).containsExactly("2 instances are left", "1 instance is left");
  }

  @Test
  void placesWhoseInstancesHaveYetToStartAreLeftToo() {
    look(1, node("draining", 1, 3));

    assertThat(lines).containsExactly("3 instances are left");
  }

  @Test
  void theSupervisorMayHearOfTheOrderALittleLater() {
    assertThat(look(1, node("ready", 2, 2))).isFalse();
    look(2, node("draining", 2, 2));

    assertThat(lines).containsExactly("2 instances are left");
  }

  @Test
  void anOrderThatIsTakenBackEndsTheWait() {
    look(1, node("draining", 2, 2));

    assertThatThrownBy(() -> look(2, node("ready", 2, 2)))
        .isInstanceOf(CommandFailed.class)
        .hasMessage("node-a is not being drained any more");
  }

  @Test
  void aNodeThatStaysAwayEndsTheWait() {
    look(1, node("draining", 2, 2));
    assertThat(look(20, Optional.empty())).isFalse();

    assertThatThrownBy(() -> look(31, Optional.empty()))
        .hasMessage("there is no node 'node-a' any more");
  }

  @Test
  void aNodeThatIsNotHeardForAWhileMayYetBeDrained() {
    look(1, node("draining", 2, 2));
    assertThat(look(60, node("suspect", 0, 2))).isFalse();
    assertThat(look(90, node("drained", 0, 0))).isTrue();
  }

  @Test
  void tenMinutesWithoutAnyChangeEndTheWait() {
    look(1, node("draining", 3, 3));
    look(500, node("draining", 2, 2));
    assertThat(look(1_099, node("draining", 2, 2))).isFalse();

    assertThatThrownBy(() -> look(1_100, node("draining", 2, 2)))
        .hasMessage(
            "node-a is still draining: nothing has changed for 10 minutes, with 2 left (holdfast"
                + " describe node node-a shows them)");
  }

  private boolean look(long second, Optional<JsonNode> node) {
    return emptying.isOver(node, Duration.ofSeconds(second));
  }

  private static Optional<JsonNode> node(String state, int instances, int places) {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("state", state);
    for (int i = 0; i < instances; i++) {
      node.withArray("instances").add("web/" + i + "#1");
    }
    node.putObject("reserved").put("places", places);
    return Optional.of(node);
  }
}
