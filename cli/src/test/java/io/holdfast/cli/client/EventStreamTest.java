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
          """
          : hello

          id: 1
          data: {"type":"a"}

          id: 2
          event: x
          data: {"type":
          data: "b"}

          """);
      List<String> types = new ArrayList<>();

      EventStream.of(client, "/v1/events")
          .read((JsonNode event) -> types.add(event.path("type").asText()));

      assertThat(types).containsExactly("a", "b");
    }
  }
}
