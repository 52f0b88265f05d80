package io.holdfast.client.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.routing.Endpoint;
import io.holdfast.core.routing.EndpointState;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ZoneTest {

  @Test
  void whoIsInAZoneIsNearToItAndToThoseThatAreInNone() {
    Subscriber a = Subscriber.named("gateway").in("a");
    assertThat(a.isNear(in("a"))).isTrue();
    assertThat(a.isNear(in(""))).isTrue();
    assertThat(a.isNear(in("b"))).isFalse();
  }

  @Test
  void whoIsInNoneIsNearToAll() {
    assertThat(Subscriber.named("gateway").isNear(in("b"))).isTrue();
  }

  private static Endpoint in(String zone) {
    InstanceId instance = new InstanceId(new ServiceName("web"), 0, 1);
    return new Endpoint(
        instance, new NodeId("n"), "127.0.0.1", 1, EndpointState.OK, 100, zone, Instant.EPOCH);
  }
}
