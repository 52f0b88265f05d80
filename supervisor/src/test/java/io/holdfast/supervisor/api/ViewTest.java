package io.holdfast.supervisor.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.routing.Endpoint;
import io.holdfast.core.routing.EndpointState;
import io.holdfast.core.routing.RoutingView;
import io.holdfast.core.routing.ServiceRoute;
import io.holdfast.core.spec.ProcessSpec;
import io.holdfast.core.spec.RoutingPolicy;
import io.holdfast.core.spec.ServiceSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ViewTest {

  private static final ServiceName WEB = new ServiceName("web");

  private final ApiUnderTest api;

  ViewTest() throws Exception {
    api = new ApiUnderTest();
  }

  @BeforeEach
  void aViewOfOneService() {
    api.control.view = view(7);
  }

  @AfterEach
  void end() throws Exception {
    api.close();
  }

  @Test
  void theViewNamesEveryEndpoint() throws Exception {
    assertThat(api.get("/v1/routes").body())
        .isEqualTo(
            "{\"version\":\"hub-1-7\",\"services\":{\"web\":["
                + "{\"instance\":\"web/0#1\",\"address\":\"127.0.0.1\",\"port\":31000,"
                + "\"state\":\"ok\",\"weight\":100},"
                + "{\"instance\":\"web/1#2\",\"address\":\"127.0.0.1\",\"port\":31001,"
                + "\"state\":\"draining\",\"weight\":100,\"zone\":\"z\"}]}}");
  }

  @Test
  void theViewOfOneServiceHasTheSameShape() throws Exception {
    var db = new ServiceStatus(new ServiceName("db"), 1, "waiting", 1, 0, 0, 0, false);
    api.control.service =
        Optional.of(
            new ServiceDetail(
                db, ServiceSpec.of("db", ProcessSpec.of("db")), List.of(), List.of(), List.of()));

    assertThat(api.get("/v1/routes/web").body()).isEqualTo(api.get("/v1/routes").body());
    assertThat(api.get("/v1/routes/db").body())
        .isEqualTo("{\"version\":\"hub-1-7\",\"services\":{\"db\":[]}}");
    assertThat(api.get("/v1/routes/nobody").statusCode()).isEqualTo(404);
  }

  @Test
  void whoHasSeenAVersionWaitsForTheNext() throws Exception {
    CompletableFuture<RoutingView> next = new CompletableFuture<>();
    api.control.nextView = next;
    CompletableFuture<String> answer =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return api.get("/v1/routes?wait=30s&after=hub-1-7").body();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });

    assertThat(api.control.asked.poll(60, TimeUnit.SECONDS))
        .isEqualTo("view after hub-1 7 within PT30S");
    assertThat(answer).isNotDone();
    next.complete(view(8));

    assertThat(answer.get(60, TimeUnit.SECONDS)).contains("\"version\":\"hub-1-8\"");
  }

  @Test
  void whoNamesNoPossibleVersionIsAnsweredAtOnce() throws Exception {
    assertThat(api.get("/v1/routes?wait=30s&after=nonsense").body()).contains("hub-1-7");
    assertThat(api.get("/v1/routes?wait=30s").body()).contains("hub-1-7");
    assertThat(api.get("/v1/routes?after=hub-1-7").body()).contains("hub-1-7");
    assertThat(api.control.asked).isEmpty();
  }

  @Test
  void aWaitThatIsNoneIsRefused() throws Exception {
    assertThat(api.get("/v1/routes?wait=soon").statusCode()).isEqualTo(400);
    assertThat(api.get("/v1/routes?wait=6m&after=hub-1-7").statusCode()).isEqualTo(400);
  }

  private static RoutingView view(long version) {
    Endpoint first = endpoint(0, EndpointState.OK, "");
    Endpoint second = endpoint(1, EndpointState.DRAINING, "z");
    ServiceRoute route = ServiceRoute.of(WEB, RoutingPolicy.DEFAULT, List.of(first, second));
    return new RoutingView("hub-1", version, new TreeMap<>(Map.of(WEB, route)));
  }

  private static Endpoint endpoint(int slot, EndpointState state, String zone) {
    return new Endpoint(
        new InstanceId(WEB, slot, slot + 1),
        new NodeId("a"),
        "127.0.0.1",
        31_000 + slot,
        state,
        Endpoint.USUAL_WEIGHT,
        zone,
        Instant.EPOCH);
  }
}
