package io.holdfast.core.routing;

import static io.holdfast.core.fixture.Palette.NODE_A;
import static io.holdfast.core.fixture.Palette.NODE_B;
import static io.holdfast.core.fixture.Palette.WEB;
import static io.holdfast.core.fixture.Palette.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.spec.RoutingPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is on a node that is doubted is used only in need, and nothing more is done to it. */
final class DoubtedNodesTest {

  private static final Endpoint ON_A = on(NODE_A, web(0, 1));
  private static final Endpoint ON_B = on(NODE_B, web(1, 2));
  private static final Endpoint STANDBY_ON_A = on(NODE_A, web(2, 3));
  private static final Endpoint STANDBY_ON_B = on(NODE_B, web(3, 4));

  @Test
  void itsEndpointsAreSuspectAndTheOthersAreNot() {
    RouteTable table = table(offer()).doubting(Set.of(NODE_A));

    assertThat(shown(table))
        .isEqualTo(Map.of(web(0, 1), EndpointState.SUSPECT, web(1, 2), EndpointState.OK));
    assertThat(table.view().version()).isEqualTo(2);
  }

  @Test
  void whatIsPublishedMeanwhileIsSuspectToo() {
    RouteTable table = RouteTable.empty("hub").doubting(Set.of(NODE_A)).published(offer(), 1);

    assertThat(shown(table)).containsEntry(web(0, 1), EndpointState.SUSPECT);
  }

  @Test
  void whatIsLeavingGoesOnLeaving() {
    Offer offer = Offer.of(route(ON_A.with(EndpointState.DRAINING), ON_B));

    assertThat(shown(table(offer).doubting(Set.of(NODE_A))))
        .containsEntry(web(0, 1), EndpointState.DRAINING);
  }

  @Test
  void aNodeThatIsTrustedAgainIsAsGoodAsBefore() {
    RouteTable table = table(offer()).doubting(Set.of(NODE_A)).doubting(Set.of());

    assertThat(table.view().services()).isEqualTo(table(offer()).view().services());
    assertThat(table.view().version()).isEqualTo(3);
  }

  @Test
  void aNodeWithoutEndpointsIsNoNewVersion() {
    RouteTable table = table(offer());

    assertThat(table.doubting(Set.of(new NodeId("node-z"))).view()).isEqualTo(table.view());
  }

  @Test
  void aStandbyOnATrustedNodeStandsInMeanwhile() {
    RouteTable table = table(offer(STANDBY_ON_A, STANDBY_ON_B)).doubting(Set.of(NODE_A));

    assertThat(shown(table))
        .containsEntry(web(0, 1), EndpointState.SUSPECT)
        .containsEntry(web(3, 4), EndpointState.OK)
        .doesNotContainKey(web(2, 3));
    assertThat(shown(table.doubting(Set.of()))).containsOnlyKeys(web(0, 1), web(1, 2));
  }

  @Test
  void oneThatDiesThereIsGone() {
    RouteTable table = table(offer()).doubting(Set.of(NODE_A)).died(web(0, 1));

    assertThat(shown(table)).containsOnlyKeys(web(1, 2));
  }

  private static Offer offer(Endpoint... standbys) {
    return new Offer(route(ON_A, ON_B), List.of(standbys));
  }

  private static RouteTable table(Offer offer) {
    return RouteTable.empty("hub").published(offer, 1);
  }

  private static ServiceRoute route(Endpoint... endpoints) {
    return ServiceRoute.of(WEB, RoutingPolicy.DEFAULT, List.of(endpoints));
  }

  private static Endpoint on(NodeId node, InstanceId instance) {
    return new Endpoint(instance, node, "10.0.0.1", 80, EndpointState.OK, 100, "", Instant.EPOCH);
  }

  private static Map<InstanceId, EndpointState> shown(RouteTable table) {
    return table.view().services().values().stream()
        .flatMap(route -> route.endpoints().values().stream())
        .collect(Collectors.toMap(Endpoint::instance, Endpoint::state));
  }
}
