package io.holdfast.supervisor.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.routing.Endpoint;
import io.holdfast.core.routing.EndpointState;
import io.holdfast.core.routing.RoutingView;
import io.holdfast.core.routing.ServiceRoute;
import io.holdfast.core.spec.RoutingPolicy;
import io.holdfast.protocol.routing.ViewMessage;
import io.holdfast.protocol.wire.RoutingWire;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class ViewMessagesTest {

  private static final ServiceName WEB = new ServiceName("web");

  private final ViewMessages messages = new ViewMessages();

  @Test
  void aWholeViewIsReadAsIfItHadBeenEncodedByTheBook() throws Exception {
    RoutingView view = view(3, 1, 2);
    ViewMessage read = ViewMessage.parseFrom(messages.full(view).toByteString());
    assertThat(read.hasFull()).isTrue();
    assertThat(RoutingWire.view(read.getFull())).isEqualTo(view);
  }

  @Test
  void aStepLeadsFromOneViewToTheOther() {
    RoutingView before = view(3, 1, 2);
    RoutingView after = view(4, 2, 5);
    assertThat(RoutingWire.apply(before, messages.delta(before, after).getDelta()))
        .isEqualTo(after);
  }

  @Test
  void allGetTheSameMessageAndNobodyAnOldOne() {
    RoutingView one = view(3, 1);
    RoutingView two = view(4, 1, 2);
    RoutingView three = view(5, 2);
    ViewMessage step = messages.delta(one, two);
    assertThat(messages.delta(one, two)).isSameAs(step);
    assertThat(messages.full(two)).isSameAs(messages.full(two));

    assertThat(RoutingWire.apply(two, messages.delta(two, three).getDelta())).isEqualTo(three);
    assertThat(messages.delta(one, two)).isEqualTo(step);
    assertThat(messages.full(three)).isNotEqualTo(messages.full(two));
  }

  private static RoutingView view(long version, long... epochs) {
    List<Endpoint> endpoints = LongStream.of(epochs).mapToObj(ViewMessagesTest::endpoint).toList();
    ServiceRoute route = ServiceRoute.of(WEB, RoutingPolicy.DEFAULT, endpoints);
    return new RoutingView("hub-1", version, new TreeMap<>(Map.of(WEB, route)));
  }

  private static Endpoint endpoint(long epoch) {
    return new Endpoint(
        new InstanceId(WEB, 0, epoch),
        new NodeId("node-a"),
        "127.0.0.1",
        20_000,
        EndpointState.OK,
        Endpoint.USUAL_WEIGHT,
        "",
        Instant.EPOCH);
  }
}
