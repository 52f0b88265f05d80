package io.holdfast.supervisor.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.instance.Exit;
import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.instance.ExitStatus;
import io.holdfast.core.spec.ProcessSpec;
import io.holdfast.core.spec.ServiceSpec;
import io.holdfast.supervisor.api.ServiceDetail.InstanceStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ServicesTest {

  private static final ServiceName WEB = new ServiceName("web");
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00.123456Z");

  private ApiUnderTest api;

  @BeforeAll
  void start() throws Exception {
    api = new ApiUnderTest();
  }

  @AfterAll
  void end() throws Exception {
    api.close();
  }

  @Test
  void theListHasOneLinePerService() throws Exception {
    api.control.services = List.of(status("web"));

    assertThat(api.get("/v1/services").body())
        .isEqualTo(
            "[{\"name\":\"web\",\"version\":3,\"state\":\"degraded\",\"desired\":3,\"ready\":2,"
                + "\"standby\":1,\"restarts\":20,\"paused\":false}]");
  }

  @Test
  void theListComesInPagesThatLeadToTheNext() throws Exception {
    api.control.services =
        IntStream.range(0, 5).mapToObj(number -> status("service-" + number)).toList();

    var first = api.get("/v1/services?limit=2");
    var second = api.get("/v1/services?limit=2&after=service-1");
    var last = api.get("/v1/services?limit=2&after=service-3");

    assertThat(ApiUnderTest.json(first)).hasSize(2);
    assertThat(first.headers().firstValue("Link"))
        .contains("</v1/services?limit=2&after=service-1>; rel=\"next\"");
    assertThat(second.body()).contains("service-2", "service-3").doesNotContain("service-4");
    assertThat(ApiUnderTest.json(last)).hasSize(1);
    assertThat(last.headers().firstValue("Link")).isEmpty();
  }

  @Test
  void oneServiceIsToldWithItsSpecificationAndInstances() throws Exception {
    api.control.service = Optional.of(detail(instance()));

    var response = api.get("/v1/services/web");

    assertThat(response.headers().firstValue("ETag")).contains("\"3\"");
    assertThat(response.body())
        .isEqualTo(
            "{\"name\":\"web\",\"version\":3,\"state\":\"degraded\",\"desired\":3,\"ready\":2,"
                + "\"standby\":1,\"restarts\":20,\"paused\":false,"
                + "\"spec\":{\"kind\":\"service\",\"name\":\"web\",\"instances\":1,"
                + "\"command\":[\"bin/web\"]},"
                + "\"instances\":[{\"id\":\"web/2#17\",\"slot\":2,\"epoch\":17,\"node\":\"a\","
                + "\"role\":\"standby\",\"state\":\"ready\",\"pid\":4711,"
                + "\"address\":\"127.0.0.1\",\"ports\":{\"http\":31000},"
                + "\"startedAt\":\"2026-05-01T12:00:00.123Z\","
                + "\"readyAt\":\"2026-05-01T12:00:00.123Z\",\"restarts\":4,"
                + "\"lastExit\":{\"signal\":\"KILL\",\"oom\":true,"
                + "\"at\":\"2026-05-01T12:00:00.123Z\","
                + "\"reason\":\"was killed because memory ran out\",\"log\":[\"bye\"]}}],"
                + "\"incidents\":[],\"waitingFor\":[\"db\"]}");
  }

  @Test
  void whatHasNoValueIsAbsent() throws Exception {
    api.control.service = Optional.of(detail(newborn()));

    assertThat(ApiUnderTest.json(api.get("/v1/services/web")).path("instances").get(0).toString())
        .isEqualTo(
            "{\"id\":\"web/0#1\",\"slot\":0,\"epoch\":1,\"node\":\"a\",\"role\":\"active\","
                + "\"state\":\"starting\",\"ports\":{},\"restarts\":0}");
  }

  @Test
  void anExitIsToldAsItsCodeOrAsNeitherWhenItNeverRan() throws Exception {
    assertThat(RenderExit.exit(exit(new ExitStatus.Code(3), List.of())).toString())
        .isEqualTo(
            "{\"code\":3,\"oom\":false,\"at\":\"2026-05-01T12:00:00.123Z\","
                + "\"reason\":\"exited with code 3\",\"log\":[]}");
    assertThat(RenderExit.exit(exit(new ExitStatus.NotStarted("no"), List.of())).toString())
        .startsWith("{\"oom\":false,");
  }

  @Test
  void whatNobodyHasIsNotFound() throws Exception {
    api.control.service = Optional.empty();

    var response = api.get("/v1/services/web");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(response.body())
        .isEqualTo(
            "{\"title\":\"Not found\",\"status\":404,\"detail\":\"There is no service 'web'.\"}");
    assertThat(api.get("/v1/services/No!").statusCode()).isEqualTo(404);
  }

  @Test
  void deletingIsAcceptedOrRefusedWhileOthersDependOnIt() throws Exception {
    api.control.changeOutcome = new ChangeOutcome.Accepted();
    assertThat(api.call("DELETE", "/v1/services/web", "").statusCode()).isEqualTo(202);
    assertThat(api.control.asked).contains("delete web");

    api.control.changeOutcome = new ChangeOutcome.Conflict("The service shop depends on web.");
    var refused = api.call("DELETE", "/v1/services/web", "");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body()).contains("The service shop depends on web.");
  }

  private static ServiceStatus status(String name) {
    return new ServiceStatus(new ServiceName(name), 3, "degraded", 3, 2, 1, 20, false);
  }

  static ServiceDetail detail(InstanceStatus instance) {
    return new ServiceDetail(
        status("web"),
        ServiceSpec.of("web", ProcessSpec.of("bin/web")),
        List.of(instance),
        List.of(),
        List.of("db"));
  }

  private static InstanceStatus instance() {
    return new InstanceStatus(
        new InstanceId(WEB, 2, 17),
        new NodeId("a"),
        true,
        "ready",
        OptionalLong.of(4711),
        "127.0.0.1",
        Map.of("http", 31_000),
        Optional.of(NOON),
        Optional.of(NOON),
        4,
        Optional.of(exit(new ExitStatus.Signal("KILL", true), List.of("bye"))));
  }

  static InstanceStatus newborn() {
    return new InstanceStatus(
        new InstanceId(WEB, 0, 1),
        new NodeId("a"),
        false,
        "starting",
        OptionalLong.empty(),
        "",
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        0,
        Optional.empty());
  }

  private static Exit exit(ExitStatus status, List<String> log) {
    return new Exit(status, ExitCause.SELF, NOON, "", log);
  }
}
