package io.holdfast.supervisor.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.ExtendedActorSystem;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.javadsl.Adapter;
import io.holdfast.core.InstanceId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.balancing.Latencies;
import io.holdfast.core.balancing.Tally;
import io.holdfast.core.detection.Outcomes;
import io.holdfast.core.detection.Seen;
import io.holdfast.supervisor.api.ApplyOutcome;
import io.holdfast.supervisor.api.ChangeOutcome;
import io.holdfast.supervisor.routing.OutcomeDesk;
import io.holdfast.supervisor.service.ServiceActor;
import java.io.NotSerializableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What supervisor nodes say to each other arrives as it was said. */
final class ClusterSerializerTest {

  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final ClusterSerializer WIRE =
      new ClusterSerializer((ExtendedActorSystem) Adapter.toClassic(KIT.system()));

  @AfterAll
  static void end() {
    KIT.shutdownTestKit();
  }

  static Stream<Class<?>> everyKind() {
    // What streams and timers tell their own actor never leaves the node.
    Set<String> local = Set.of("AgentSession.Received", "RoutingHub.WaitEnded");
    return ClusterMessages.ROOTS.stream()
        .flatMap(SealedNames::kinds)
        .filter(kind -> !local.contains(ClusterMessages.nameOf(kind)));
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void everyKindOfMessageArrivesAsItWasSent(Class<?> kind) throws Exception {
    long seed = new Random().nextLong();
    AnyMessage any = new AnyMessage(new Random(seed), KIT.createTestProbe().ref());
    for (int i = 0; i < 50; i++) {
      Object message = any.of(kind);
      Object read = WIRE.fromBinary(WIRE.toBinary(message), WIRE.manifest(message));
      assertThat(read).as("seed %d", seed).isEqualTo(message);
    }
  }

  @Test
  void latenciesArriveByTheirCounts() throws Exception {
    Latencies three = Latencies.read(i -> i == 7 ? 3 : 0);
    Seen seen =
        new Seen(
            new InstanceId(new ServiceName("web"), 0, 1), new Tally(3, 0), three, 0, Duration.ZERO);
    Object sent =
        new OutcomeDesk.Reports(List.of(new Outcomes("a", Duration.ofSeconds(1), List.of(seen))));
    Object read = WIRE.fromBinary(WIRE.toBinary(sent), WIRE.manifest(sent));
    assertThat(read)
        .isInstanceOfSatisfying(
            OutcomeDesk.Reports.class,
            reports ->
                assertThat(reports.outcomes().getFirst().seen().getFirst().latencies().count(7))
                    .isEqualTo(3));
  }

  @Test
  void theLongestAreCompressed() throws Exception {
    ApplyOutcome tale = new ApplyOutcome.Unavailable("again and again ".repeat(50_000));
    byte[] written = WIRE.toBinary(tale);
    assertThat(written).hasSizeLessThan(20_000);
    assertThat(WIRE.fromBinary(written, WIRE.manifest(tale))).isEqualTo(tale);
  }

  @Test
  void whatANewerNodeSaysBesideIsPassedOver() throws Exception {
    byte[] newer = "{\"why\":\"later\",\"since\":7}".getBytes(StandardCharsets.UTF_8);
    assertThat(WIRE.fromBinary(newer, "ChangeOutcome.Conflict"))
        .isEqualTo(new ChangeOutcome.Conflict("later"));
  }

  @Test
  void whatIsNotKnownIsRefusedByName() {
    assertThatThrownBy(() -> WIRE.fromBinary(new byte[0], "ServiceActor.Later"))
        .isInstanceOf(NotSerializableException.class)
        .hasMessageContaining("ServiceActor.Later");
    assertThat(WIRE.manifest(new ChangeOutcome.Accepted())).isEqualTo("ChangeOutcome.Accepted");
    assertThat(ClusterMessages.nameOf(ServiceActor.Restart.class))
        .isEqualTo("ServiceActor.Restart");
  }
}
