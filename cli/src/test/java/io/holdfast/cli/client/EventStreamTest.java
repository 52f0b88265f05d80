package io.holdfast.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventStreamTest {

  @Test
  void handsOverEveryEventAndSkipsComments() throws IOException {
    try (FakeSupervisor supervisor = FakeSupervisor.start();
        AdminClient client = AdminClient.of(URI.create(supervisor.url()))) {
      supervisor.on(
          "GET /v1/events",
          200,
          "text/event-stream",
          ": hello\n\n"
              + "id: 1\n"
              + "data: {\"type\":\"a\"}\n\n"
              + "id: 2\n"
              + "event: x\n"
              + "data: {\"type\":\n"
              + "data: \"b\"}\n\n");
      List<String> types = new ArrayList<>();

      EventStream.of(client, "/v1/events")
          .read((JsonNode event) -> types.add(event.path("type").asText()));

      assertThat(types).containsExactly("a", "b");
    }
  }
}
