package io.holdfast.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.core.InstanceId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.balancing.Latencies;
import io.holdfast.core.balancing.Tally;
import io.holdfast.core.detection.Outcomes;
import io.holdfast.core.detection.Seen;
import io.holdfast.protocol.routing.EndpointOutcomes;
import io.holdfast.protocol.routing.LatencyCount;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OutcomesWireTest {

  private static final InstanceId WEB = new InstanceId(new ServiceName("web"), 2, 17);

  @Test
  void whatABalancerSawComesOverAsItWas() {
    Latencies latencies = Latencies.read(bucket -> bucket % 7);
    Outcomes outcomes =
        new Outcomes(
            "one",
            Duration.ofMillis(1_003),
            List.of(new Seen(WEB, new Tally(77, 43), latencies, 2, Duration.ofMillis(250))));

    Outcomes back = OutcomesWire.fromWire(OutcomesWire.toWire(outcomes));

    assertThat(back.observer()).isEqualTo("one");
    assertThat(back.over()).isEqualTo(Duration.ofMillis(1_003));
    Seen seen = back.seen().getFirst();
    assertThat(seen.instance()).isEqualTo(WEB);
    assertThat(seen.tally()).isEqualTo(new Tally(77, 43));
    assertThat(seen.ejections()).isEqualTo(2);
    assertThat(seen.ejected()).isEqualTo(Duration.ofMillis(250));
    for (int bucket = 0; bucket < Latencies.BUCKETS; bucket++) {
      assertThat(seen.latencies().count(bucket)).isEqualTo(bucket % 7);
    }
  }

  @Test
  void whatNoBalancerCouldMeanIsRefused() {
    refused(wire().setFailures(11));
    refused(wire().setFailures(-1));
    refused(wire().setEjections(-1));
    refused(wire().setRequests(Long.MAX_VALUE));
    refused(wire().setEjected(WireTime.duration(Duration.ofSeconds(-1))));
    refused(
        wire().addLatencies(LatencyCount.newBuilder().setBucket(Latencies.BUCKETS).setCount(1)));
    refused(wire().addLatencies(LatencyCount.newBuilder().setBucket(-1).setCount(1)));
    refused(wire().addLatencies(LatencyCount.newBuilder().setBucket(3).setCount(-1)));
  }

  private static EndpointOutcomes.Builder wire() {
    return EndpointOutcomes.newBuilder().setInstance(EndpointWire.ref(WEB)).setRequests(10);
  }

  private static void refused(EndpointOutcomes.Builder endpoint) {
    var wire =
        io.holdfast.protocol.routing.Outcomes.newBuilder()
            .setObserver("one")
            .addEndpoints(endpoint)
            .build();
    assertThatIllegalArgumentException().isThrownBy(() -> OutcomesWire.fromWire(wire));
  }
}
