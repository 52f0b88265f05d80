package io.holdfast.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that was acknowledged is ever lost, whichever way the supervisor ends. */
final class DurabilityTest {

  /** Ten kills and two orderly ends; each takes a start. */
  private static final int ROUNDS = Integer.getInteger("durability.rounds", 12);

  private static final int SERVICES = 8;
  private static final long SEED = 7_400;

  @TempDir Path data;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final ObjectMapper json = new ObjectMapper();
  private final Map<String, Long> acknowledged = new TreeMap<>();

  @Test
  void everyAcknowledgedWriteIsThereHoweverTheSupervisorEnds() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      try (SupervisorProcess supervisor = SupervisorProcess.start(data);
          AdminClient admin = new AdminClient(supervisor.http())) {
        assertThat(versions(admin)).as("after %d ends", round).isEqualTo(acknowledged);
        write(admin, 10 + random.nextInt(40));
        end(supervisor, round);
      }
    }
    try (SupervisorProcess supervisor = SupervisorProcess.start(data);
        AdminClient admin = new AdminClient(supervisor.http())) {
      assertThat(versions(admin)).as("after the last end").isEqualTo(acknowledged);
    }
  }

  /** Every fifth end is an orderly one: what it leaves must survive the kills around it, too. */
  private static void end(SupervisorProcess supervisor, int round) throws InterruptedException {
    if (round % 5 == 4) {
      supervisor.terminate();
    }
    supervisor.kill();
  }

  private void write(AdminClient admin, int writes) throws Exception {
    for (int i = 0; i < writes; i++) {
      String name = "s" + random.nextInt(SERVICES);
      String spec =
          "{\"kind\": \"service\", \"name\": \"%s\", \"command\": [\"run\", \"%d\"]}"
              .formatted(name, random.nextLong());
      HttpResponse<String> answer = admin.send("PUT", "/v1/services/" + name, spec);
      assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
      acknowledged.put(name, json.readTree(answer.body()).path("version").asLong());
    }
  }

  private static Map<String, Long> versions(AdminClient admin) throws Exception {
    Map<String, Long> versions = new TreeMap<>();
    for (JsonNode service : admin.get("/v1/services")) {
      versions.put(service.path("name").asText(), service.path("version").asLong());
    }
    return versions;
  }
}
