package io.holdfast.supervisor.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.NodeId;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which agents get a node. */
final class AdmissionTest {

  private static final NodeId NODE = new NodeId("node-a");

  @Test
  void theFirstGetsIt() {
    assertThat(Admission.refusal(NODE, Optional.empty(), of("one"), false)).isEmpty();
  }

  @Test
  void theOneOfTheSameDataDirectoryGetsItAgain() {
    assertThat(Admission.refusal(NODE, Optional.of(of("one")), of("one"), false)).isEmpty();
  }

  @Test
  void anotherGetsItOnlyOnceItIsFree() {
    assertThat(Admission.refusal(NODE, Optional.of(of("one")), of("two"), false))
        .hasValueSatisfying(why -> assertThat(why).contains("'node-a'", "--node", "--data"));
    assertThat(Admission.refusal(NODE, Optional.of(of("one")), of("two"), true)).isEmpty();
  }

  @Test
  void nobodyIsRefusedByAReleaseThatDoesNotSay() {
    assertThat(Admission.refusal(NODE, Optional.of(silent()), of("two"), false)).isEmpty();
    assertThat(Admission.refusal(NODE, Optional.of(of("one")), silent(), false)).isEmpty();
  }

  @Test
  void whoWasThereIsKnownAfterAReleaseThatDoesNotSay() {
    assertThat(silent().after(Optional.of(of("one"))).identity()).contains("one");
    assertThat(of("two").after(Optional.of(of("one"))).identity()).contains("two");
  }

  private static NodeProfile of(String identity) {
    return profile(Optional.of(identity));
  }

  private static NodeProfile silent() {
    return profile(Optional.empty());
  }

  private static NodeProfile profile(Optional<String> identity) {
    return new NodeProfile(
        "10.0.0.1", "", Map.of(), 2, 1L << 30, "boot", "test", true, Map.of(), identity);
  }
}
