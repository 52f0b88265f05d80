package io.holdfast.supervisor.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.InstanceId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.instance.Exit;
import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.instance.ExitStatus;
import io.holdfast.core.spec.ProcessSpec;
import io.holdfast.core.spec.ServiceSpec;
import io.holdfast.core.supervision.Deed;
import io.holdfast.core.supervision.Incident;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WhyTest {

  private static final ServiceName WEB = new ServiceName("web");
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00.123456Z");

  private static final String UNREADY =
      "{\"incident\":\"web-9-momv37q3\",\"at\":\"2026-05-01T12:01:00.123Z\","
          + "\"summary\":\"web/2 was not ready any more; last: took web/2#9 out of the view\","
          + "\"cause\":\"was not ready any more\","
          + "\"evidence\":{\"probe\":\"HTTP 503\"},"
          + "\"decisions\":[{\"at\":\"2026-05-01T12:01:00.123Z\","
          + "\"did\":\"took web/2#9 out of the view\","
          + "\"because\":\"health.readiness: HTTP 503\"}],"
          + "\"failures\":0}";
  private static final String KILLED =
      "{\"incident\":\"web-7-momv1xff\",\"at\":\"2026-05-01T12:00:00.123Z\","
          + "\"summary\":\"web/2 was ended by signal KILL; all instances were ready again after"
          + " 2s\","
          + "\"cause\":\"was ended by signal KILL\","
          + "\"evidence\":{\"log\":[\"bye\"],\"exit\":{\"signal\":\"KILL\",\"oom\":false,"
          + "\"at\":\"2026-05-01T12:00:00.123Z\",\"reason\":\"was ended by signal KILL\"}},"
          + "\"decisions\":[{\"at\":\"2026-05-01T12:00:00.123Z\","
          + "\"did\":\"restarted it in place at once\","
          + "\"because\":\"restart.backoff: the first is immediate\"},"
          + "{\"at\":\"2026-05-01T12:00:02.123Z\",\"did\":\"web/2#8 became ready\"}],"
          + "\"failures\":1,\"restoredAt\":\"2026-05-01T12:00:02.123Z\"}";

  private static final Pattern NEXT = Pattern.compile("<(.*)>; rel=\"next\"");

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
  void theIncidentsOfAServiceComeNewestFirstAndWhatHasNoValueIsAbsent() throws Exception {
    api.control.service = Optional.of(detail(List.of(unready(), killed())));

    assertThat(api.get("/v1/services/web/why").body())
        .isEqualTo("[" + UNREADY + "," + KILLED + "]");
  }

  @Test
  void aServiceIsToldTogetherWithItsIncidents() throws Exception {
    api.control.service = Optional.of(detail(List.of(killed())));

    assertThat(ApiUnderTest.json(api.get("/v1/services/web")).path("incidents").toString())
        .isEqualTo("[" + KILLED + "]");
  }

  @Test
  void aServiceWithoutIncidentsHasAnEmptyList() throws Exception {
    api.control.service = Optional.of(detail(List.of()));

    assertThat(api.get("/v1/services/web/why").body()).isEqualTo("[]");
  }

  @Test
  void whatNobodyHasIsNotFound() throws Exception {
    api.control.service = Optional.empty();

    for (String path : List.of("/v1/services/web/why", "/v1/services/No!/why")) {
      var response = api.get(path);
      assertThat(response.statusCode()).isEqualTo(404);
      assertThat(response.body()).contains("There is no service '");
    }
  }

  @Test
  void theIncidentsOfAllSaySoWithTheServiceTheyConcern() throws Exception {
    api.control.incidents = List.of(killed());

    assertThat(api.get("/v1/incidents").body())
        .isEqualTo("[" + KILLED.replaceFirst("\\{", "{\"service\":\"web\",") + "]");
  }

  @Test
  void pagesOfIncidentsGoFromTheNewestToTheOldestAndMissNone() throws Exception {
    api.control.incidents =
        List.of(
            plain("web", 12, NOON.plusSeconds(3)),
            plain("web", 9, NOON.plusSeconds(2)),
            plain("api", 30, NOON.plusSeconds(1)),
            plain("db", 30, NOON.plusSeconds(1)),
            plain("web", 100, NOON));

    assertThat(walk("/v1/incidents?limit=2"))
        .containsExactly("web-12", "web-9", "api-30", "db-30", "web-100");
  }

  @Test
  void aSecondIncidentOfTheSameInstanceIsNotTakenForTheFirst() throws Exception {
    api.control.incidents = List.of(plain("web", 9, NOON.plusSeconds(90)), plain("web", 9, NOON));

    assertThat(walk("/v1/incidents?limit=1")).containsExactly("web-9", "web-9");
  }

  @Test
  void aPageGoesOnWhereItWasWhenIncidentsCameAndWent() throws Exception {
    api.control.incidents =
        List.of(plain("web", 12, NOON.plusSeconds(3)), plain("web", 9, NOON.plusSeconds(2)));
    String next = next(api.get("/v1/incidents?limit=1")).orElseThrow();
    api.control.incidents =
        List.of(plain("web", 15, NOON.plusSeconds(4)), plain("web", 9, NOON.plusSeconds(2)));

    assertThat(walk(next)).containsExactly("web-9");
  }

  @Test
  void aPlaceThatIsNoneIsRefused() throws Exception {
    for (String after : List.of("web-9", "yesterday/web-9", "/", "2026-05-01T12:00:00Z/")) {
      var response = api.get("/v1/incidents?after=" + after);
      assertThat(response.statusCode()).as(after).isEqualTo(400);
      assertThat(ApiUnderTest.json(response).path("errors").get(0).path("path").textValue())
          .isEqualTo("after");
    }
  }

  private List<String> walk(String first) throws Exception {
    List<String> ids = new ArrayList<>();
    Optional<String> path = Optional.of(first);
    for (int page = 0; path.isPresent() && page < 10; page++) {
      var response = api.get(path.get());
      assertThat(response.statusCode()).isEqualTo(200);
      ApiUnderTest.json(response)
          .forEach(item -> ids.add(withoutTime(item.path("incident").textValue())));
      path = next(response);
    }
    return ids;
  }

  private static Optional<String> next(HttpResponse<String> response) {
    return response
        .headers()
        .firstValue("Link")
        .map(NEXT::matcher)
        .filter(Matcher::matches)
        .map(link -> link.group(1));
  }

  /** The part of an incident's id that a reader knows: service and epoch. */
  private static String withoutTime(String id) {
    return id.substring(0, id.lastIndexOf('-'));
  }

  private static ServiceDetail detail(List<Incident> incidents) {
    return new ServiceDetail(
        new ServiceStatus(WEB, 3, "degraded", 3, 2, 0, 1, false),
        ServiceSpec.of("web", ProcessSpec.of("bin/web")),
        List.of(),
        incidents,
        List.of());
  }

  private static Incident killed() {
    Exit exit =
        new Exit(new ExitStatus.Signal("KILL", false), ExitCause.SELF, NOON, "", List.of("bye"));
    Instant restored = NOON.plusSeconds(2);
    return new Incident(
        new InstanceId(WEB, 2, 7),
        NOON,
        exit.reason(),
        Optional.of(exit),
        "",
        1,
        List.of(
            new Deed(
                NOON, "restarted it in place at once", "restart.backoff: the first is immediate"),
            new Deed(restored, "web/2#8 became ready", "")),
        0,
        List.of(),
        Optional.of(restored));
  }

  private static Incident unready() {
    Instant at = NOON.plusSeconds(60);
    return new Incident(
        new InstanceId(WEB, 2, 9),
        at,
        "was not ready any more",
        Optional.empty(),
        "HTTP 503",
        0,
        List.of(new Deed(at, "took web/2#9 out of the view", "health.readiness: HTTP 503")),
        0,
        List.of(),
        Optional.empty());
  }

  private static Incident plain(String service, long epoch, Instant at) {
    return new Incident(
        new InstanceId(new ServiceName(service), 0, epoch),
        at,
        "exited with code 1",
        Optional.empty(),
        "",
        1,
        List.of(),
        0,
        List.of(),
        Optional.empty());
  }
}
