package io.holdfast.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.Exit;
import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.instance.ExitStatus;
import io.holdfast.core.instance.Phase;
import io.holdfast.core.instance.Report;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A version that fails is taken back, and so is one that somebody does not want any more. */
final class RollbackTest {

  private static final String FIRST =
      "{name: web, command: [a], ports: {http: auto}, rollout: {healthyFor: 0s}}";
  private static final String SECOND = FIRST.replace("[a]", "[b]");

  @TempDir Path data;
  private Supervisor supervisor;
  private AdminClient admin;
  private FakeAgent agent;

  @BeforeEach
  void start() throws Exception {
    begin();
    agent = FakeAgent.connected(supervisor.grpcAddress(), "node-a").beating();
  }

  private void begin() throws Exception {
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    supervisor = Supervisor.start(new SupervisorSettings(free, free, free, data));
    admin = new AdminClient(supervisor.httpAddress());
  }

  @AfterEach
  void end() throws Exception {
    agent.close();
    admin.close();
    supervisor.close();
  }

  @Test
  void aVersionWhoseInstanceDiesIsReplacedByTheOneBefore() throws Exception {
    ready(FIRST);
    admin.apply(SECOND);
    InstanceId newcomer = agent.awaitLaunch();

    agent.report(dead(newcomer));

    JsonNode back = awaitVersion(3);
    assertThat(back.path("spec").path("command").get(0).asText()).isEqualTo("a");
    assertThat(back.path("state").asText()).isEqualTo("ready");
    assertThat(back.path("instances").get(0).path("epoch").asInt()).isEqualTo(1);
    assertThat(admin.get("/v1/services/web/why").get(0).path("summary").asText())
        .startsWith("web/0 could not be brought to version 2: the new instance of slot 0 ");
    assertThat(types("/v1/events?service=web"))
        .containsSubsequence("rollout-failed", "went-back", "spec-accepted");
  }

  @Test
  void rollbackRunsAgainWhatRanBefore() throws Exception {
    ready(FIRST);
    rolled(SECOND);

    assertThat(rollback("web", "", "")).isEqualTo(202);
    agent.report(alive(agent.awaitLaunch()));
    agent.report(FakeAgent.stopped(agent.awaitStop()));

    JsonNode back = awaitVersion(3);
    assertThat(back.path("spec").path("command").get(0).asText()).isEqualTo("a");
    assertThat(rollback("web", "", "")).isEqualTo(409);
    assertThat(rollback("web", "", "{\"to\": 2}")).isEqualTo(202);
    agent.report(alive(agent.awaitLaunch()));
    awaitVersion(4);
  }

  @Test
  void whatRanBeforeIsRememberedAcrossARestart() throws Exception {
    ready(FIRST);
    rolled(SECOND);
    admin.close();
    supervisor.close();
    agent.close();
    begin();

    assertThat(rollback("web", "?to=1", "")).isEqualTo(202);

    JsonNode back = admin.await("/v1/services/web", answer -> answer.path("version").asLong() == 3);
    assertThat(back.path("spec").path("command").get(0).asText()).isEqualTo("a");
  }

  @Test
  void whatCannotBeGoneBackToIsRefused() throws Exception {
    ready(FIRST);

    assertThat(rollback("nobody", "", "")).isEqualTo(404);
    assertThat(rollback("web", "?to=9", "")).isEqualTo(409);
    assertThat(rollback("web", "", "{\"to\": \"x\"}")).isEqualTo(400);
    assertThat(rollback("web", "", "[1]")).isEqualTo(400);
    assertThat(admin.get("/v1/services/web").path("version").asInt()).isEqualTo(1);
  }

  private int rollback(String service, String query, String body) throws Exception {
    return admin.send("POST", "/v1/services/" + service + "/rollback" + query, body).statusCode();
  }

  private void ready(String spec) throws Exception {
    admin.apply(spec);
    agent.report(alive(agent.awaitLaunch()));
    admin.await("/v1/services/web", answer -> answer.path("state").asText().equals("ready"));
  }

  private void rolled(String spec) throws Exception {
    ready(spec);
    agent.report(FakeAgent.stopped(agent.awaitStop()));
  }

  private JsonNode awaitVersion(long version) throws Exception {
    return admin.await(
        "/v1/services/web",
        answer ->
            answer.path("version").asLong() == version
                && !answer.path("state").asText().equals("rolling"));
  }

  private List<String> types(String path) throws Exception {
    return admin.get(path).findValuesAsText("type");
  }

  private static Report alive(InstanceId instance) {
    return new Report.Alive(
        instance, Phase.READY, 1000 + instance.epoch(), Map.of("http", 20_000), Instant.now(), "");
  }

  private static Report dead(InstanceId instance) {
    return new Report.Dead(
        instance,
        new Exit(
            new ExitStatus.Code(1), ExitCause.SELF, Instant.now(), "", List.of("no such table")));
  }
}
