package io.holdfast.supervisor.api;

import static org.assertj.core.api.Assertions.assertThat;

import akka.stream.javadsl.Source;
import akka.util.ByteString;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.supervisor.api.ControlPlane.BackupAnswer;
import io.prometheus.metrics.core.metrics.Counter;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SystemTest {

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
  void aNodeIsToldWithWhatItHasAndRuns() throws Exception {
    api.control.nodes =
        List.of(
            new NodeStatus(
                new NodeId("node-a"),
                "ready",
                "127.0.0.1",
                "",
                Map.of("disk", "ssd"),
                Map.of("kill", "cgroup"),
                8,
                1024,
                Optional.of(Duration.ofNanos(312_456_789)),
                List.of(new InstanceId(new ServiceName("web"), 0, 1)),
                new NodeStatus.Reserved(2, 512, 1_500),
                Optional.empty()));

    String node =
        "{\"id\":\"node-a\",\"state\":\"ready\",\"address\":\"127.0.0.1\","
            + "\"labels\":{\"disk\":\"ssd\"},\"attributes\":{\"kill\":\"cgroup\"},"
            + "\"capacity\":{\"cpu\":8,\"memory\":1024},\"used\":{\"instances\":1},"
            + "\"reserved\":{\"places\":2,\"memory\":512,\"cpu\":1.5},\"heartbeatAge\":\"312ms\",\"instances\":[\"web/0#1\"]}";
    assertThat(api.get("/v1/nodes").body()).isEqualTo("[" + node + "]");
    assertThat(api.get("/v1/nodes/node-a").body()).isEqualTo(node);
    assertThat(api.get("/v1/nodes/node-b").statusCode()).isEqualTo(404);
    assertThat(api.get("/v1/nodes/!").statusCode()).isEqualTo(404);
  }

  @Test
  void theClusterTellsItsMembers() throws Exception {
    assertThat(api.get("/v1/cluster").body())
        .isEqualTo(
            "{\"members\":[\"a:1\",\"b:2\"],\"leader\":\"a:1\",\"unreachable\":[],"
                + "\"brake\":{\"engaged\":true,\"suspect\":2,\"nodes\":5},\"journal\":\"h2\",\"journalState\":\"ok\"}");
  }

  @Test
  void whyNobodyAnswersIsSaidWhereThatIsKnown() throws Exception {
    api.control.silent =
        Optional.of(
            CompletableFuture.supplyAsync(
                () -> {
                  throw new Unanswered("The journal does not answer; try again.");
                }));

    var response = api.get("/v1/cluster");
    api.control.silent = Optional.empty();

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(ApiUnderTest.json(response).path("detail").asText())
        .isEqualTo("The journal does not answer; try again.");
  }

  @Test
  void aControlPlaneThatDoesNotAnswerIsA503() throws Exception {
    api.control.silent =
        Optional.of(CompletableFuture.failedFuture(new IllegalStateException("secret")));

    var response = api.get("/v1/cluster");
    api.control.silent = Optional.empty();

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Retry-After")).contains("1");
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(ApiUnderTest.json(response).path("detail").asText())
        .isEqualTo("The control plane did not answer in time; try again.");
    assertThat(response.body()).doesNotContain("secret");
  }

  @Test
  void whatNobodyExpectedIsA500WithoutItsStack() throws Exception {
    api.control.broken = Optional.of(new IllegalStateException("secret"));

    var response = api.get("/v1/routes");
    api.control.broken = Optional.empty();

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(response.body()).doesNotContain("secret", "Exception", "at io.");
  }

  @Test
  void healthIsWhetherItLivesAndWhetherItServes() throws Exception {
    assertThat(api.get("/health/live").statusCode()).isEqualTo(200);
    assertThat(api.get("/health/ready").statusCode()).isEqualTo(200);

    api.control.ready = false;
    var notYet = api.get("/health/ready");
    api.control.ready = true;

    assertThat(notYet.statusCode()).isEqualTo(503);
    assertThat(api.get("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void metricsAreForPrometheus() throws Exception {
    Counter.builder().name("holdfast_heartbeats_total").register(api.metrics).inc(3);

    var response = api.get("/metrics");

    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/plain; version=0.0.4");
    assertThat(response.body()).contains("holdfast_heartbeats_total 3.0");
  }

  @Test
  void anUnknownPathAndAWrongMethodAreToldApart() throws Exception {
    var unknown = api.get("/v1/nothing");
    var wrong = api.call("DELETE", "/v1/services", "");

    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(wrong.statusCode()).isEqualTo(405);
    assertThat(wrong.headers().firstValue("Allow")).contains("GET");
    assertThat(api.call("PATCH", "/v1/services/web", "").headers().firstValue("Allow"))
        .contains("DELETE, GET, PUT");
    assertThat(api.call("GET", "/v1/services/web/restart", "").statusCode()).isEqualTo(405);
  }

  @Test
  void theDashboardBringsEverythingAlong() throws Exception {
    var page = api.get("/");

    assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=UTF-8");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'");
    assertThat(page.body()).contains("Holdfast").doesNotContain("https://", "src=\"http");
  }

  @Test
  void aBackupIsServedAsItIsMade() throws Exception {
    api.control.backup =
        new BackupAnswer.Begun(
            Source.from(List.of("{\"backup\":1}\n", "{\"end\":2}\n")).map(ByteString::fromString));

    HttpResponse<String> response = api.get("/v1/backup");

    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/x-ndjson");
    assertThat(response.body()).isEqualTo("{\"backup\":1}\n{\"end\":2}\n");
  }

  @Test
  void aBackupThatCannotBeMadeIsRefusedInASentence() throws Exception {
    api.control.backup = new BackupAnswer.Busy("A backup is being made already.");
    assertThat(api.get("/v1/backup").statusCode()).isEqualTo(409);

    api.control.backup = new BackupAnswer.Unavailable("No backup was made: it is away.");
    HttpResponse<String> response = api.get("/v1/backup");
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(ApiUnderTest.json(response).path("detail").textValue())
        .isEqualTo("No backup was made: it is away.");
  }

  @Test
  void theSchemaAndTheDescriptionAreServed() throws Exception {
    JsonNode schema = ApiUnderTest.json(api.get("/v1/schema/service.json"));
    assertThat(schema.at("/$defs/service/properties").has("command")).isTrue();

    JsonNode openapi =
        new ObjectMapper(new YAMLFactory()).readTree(api.get("/v1/openapi.yaml").body());
    assertThat(openapi.path("openapi").textValue()).isEqualTo("3.1.0");
  }

  @Test
  void everyPathOfTheDescriptionIsServed() throws Exception {
    JsonNode openapi =
        new ObjectMapper(new YAMLFactory()).readTree(api.get("/v1/openapi.yaml").body());
    for (var path : openapi.path("paths").properties()) {
      String url = path.getKey().replaceAll("\\{.*}", "web");
      for (var method : path.getValue().properties()) {
        if (!method.getKey().equals("parameters")) {
          var response = api.call(method.getKey().toUpperCase(Locale.ROOT), url, "");
          assertThat(response.statusCode()).as(method.getKey() + " " + url).isNotEqualTo(405);
          assertThat(response.body()).doesNotContain("There is nothing at this path.");
        }
      }
    }
  }
}
