package io.holdfast.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.protocol.security.Access;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The feed of events, in whatever portions it is read. */
final class FeedTest {

  private static final String ALL = "/v1/events?limit=1000";

  @TempDir Path data;

  @Test
  void eventsThatWereRecordedTogetherAreReadOneByOneInTheSameOrder() throws Exception {
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    SupervisorSettings settings =
        new SupervisorSettings(
            free, free, free, Seeds.NONE, data, new JournalSettings.Embedded(), Access.OPEN);
    try (Supervisor supervisor = Supervisor.start(settings);
        AdminClient admin = new AdminClient(supervisor.httpAddress());
        FakeAgent agent = FakeAgent.connected(supervisor.grpcAddress(), "node-a").beating()) {
      admin.apply("{name: web, instances: 40, command: [web]}");
      for (int i = 0; i < 40; i++) {
        agent.awaitLaunch();
      }
      JsonNode all = admin.await(ALL, events -> launches(events) == 40);
      assertThat(oneByOne(admin)).startsWith(all.valueStream().toArray(JsonNode[]::new));
    }
  }

  private static long launches(JsonNode events) {
    return events
        .valueStream()
        .filter(event -> event.path("type").asText().equals("instance-launched"))
        .count();
  }

  private static List<JsonNode> oneByOne(AdminClient admin) throws Exception {
    List<JsonNode> read = new ArrayList<>();
    long after = 0;
    while (true) {
      JsonNode page = admin.get("/v1/events?limit=1&after=" + after);
      if (page.isEmpty()) {
        return read;
      }
      assertThat(page).hasSize(1);
      assertThat(page.path(0).path("id").asLong()).isGreaterThan(after);
      after = page.path(0).path("id").asLong();
      read.add(page.path(0));
    }
  }
}
