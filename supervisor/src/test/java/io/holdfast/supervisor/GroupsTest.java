package io.holdfast.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.Phase;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groups through the real actors, with an agent that does what the test says. */
final class GroupsTest {

  private static final String SHOP =
      """
      kind: group
      name: shop
      strategy: rest-for-one
      intensity: %d
      children: [db, cache, web]
      ---
      {name: db, command: [db], restart: {intensity: 0}}
      ---
      {name: cache, command: [cache], restart: {intensity: 0}}
      ---
      {name: web, command: [web], restart: {intensity: 0}}
      """;

  @TempDir Path data;
  private final Map<String, InstanceId> running = new HashMap<>();

  @Test
  void aChildThatEscalatesIsRestartedWithExactlyTheLaterOnesInOrder() throws Exception {
    try (Supervisor supervisor = Supervisor.start(settings());
        AdminClient admin = new AdminClient(supervisor.httpAddress());
        FakeAgent agent = FakeAgent.connected(supervisor.grpcAddress(), "node-a")) {
      admin.apply(SHOP.formatted(3));
      allComeUp(agent);

      agent.report(FakeAgent.killed(current("cache")));

      goesDown(agent, "web");
      comesUp(agent, "cache");
      comesUp(agent, "web");
      assertThat(current("db")).hasToString("db/0#1");
      JsonNode why = admin.get("/v1/services/cache/why").path(0);
      assertThat(why.path("summary").asText()).startsWith("cache/0 was ended by signal KILL");
      assertThat(why.path("decisions").toString())
          .contains("group shop decides")
          .contains("rest-for-one, restart 1 of 3 within 5m");
    }
  }

  @Test
  void whenTheGroupIsSpentTheChildIsHeldAndItsSiblingsGoOn() throws Exception {
    try (Supervisor supervisor = Supervisor.start(settings());
        AdminClient admin = new AdminClient(supervisor.httpAddress());
        FakeAgent agent = FakeAgent.connected(supervisor.grpcAddress(), "node-a")) {
      admin.apply(SHOP.formatted(0));
      allComeUp(agent);

      agent.report(FakeAgent.killed(current("cache")));

      admin.await("/v1/services/cache", service -> isIn(service, "held"));
      admin.await("/v1/groups/shop", group -> isIn(group, "held"));
      assertThat(isIn(admin.get("/v1/services/web"), "ready")).isTrue();
      assertThat(isIn(admin.get("/v1/services/db"), "ready")).isTrue();
    }
  }

  @Test
  void aRestartedSupervisorGoesOnWithTheCascadeWhereItWas() throws Exception {
    try (Supervisor supervisor = Supervisor.start(settings());
        AdminClient admin = new AdminClient(supervisor.httpAddress());
        FakeAgent agent = FakeAgent.connected(supervisor.grpcAddress(), "node-a")) {
      admin.apply(SHOP.formatted(3));
      allComeUp(agent);
      agent.report(FakeAgent.killed(current("cache")));
      goesDown(agent, "web");
      assertThat(agent.awaitLaunch().service()).hasToString("cache");
    }
    try (Supervisor supervisor = Supervisor.start(settings());
        AdminClient admin = new AdminClient(supervisor.httpAddress());
        FakeAgent agent =
            FakeAgent.connected(
                supervisor.grpcAddress(),
                "node-a",
                FakeAgent.alive(current("db"), Phase.READY, 100, 20_001))) {
      comesUp(agent, "cache");
      comesUp(agent, "web");
      admin.await("/v1/groups/shop", group -> isIn(group, "ready"));
    }
  }

  private void allComeUp(FakeAgent agent) throws InterruptedException {
    comesUp(agent, "db");
    comesUp(agent, "cache");
    comesUp(agent, "web");
  }

  private void comesUp(FakeAgent agent, String service) throws InterruptedException {
    InstanceId launched = agent.awaitLaunch();
    assertThat(launched.service()).hasToString(service);
    running.put(service, launched);
    agent.report(FakeAgent.alive(launched, Phase.READY, 100, 20_001));
  }

  private void goesDown(FakeAgent agent, String service) throws InterruptedException {
    InstanceId stopped = agent.awaitStop();
    assertThat(stopped).isEqualTo(current(service));
    agent.report(FakeAgent.stopped(stopped));
  }

  private InstanceId current(String service) {
    return Optional.ofNullable(running.get(service)).orElseThrow();
  }

  private static boolean isIn(JsonNode thing, String state) {
    return thing.path("state").asText().equals(state);
  }

  private SupervisorSettings settings() {
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return new SupervisorSettings(free, free, free, data);
  }
}
