package io.holdfast.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Reads server-sent events, and knows the last id seen so that a reader can resume. */
public final class EventStream {

  private static final JsonMapper JSON = new JsonMapper();

  private final AdminClient client;
  private final String path;
  private String lastId = "";

  private EventStream(AdminClient client, String path) {
    this.client = client;
    this.path = path;
  }

  public static EventStream of(AdminClient client, String path) {
    return new EventStream(client, path);
  }

  /** Hands every event over until the connection ends; called again it resumes behind the last. */
  public void read(Consumer<JsonNode> sink) throws IOException {
    try (InputStream body = open();
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      StringBuilder data = new StringBuilder();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        take(line, data, sink);
      }
    }
  }

  private InputStream open() {
    return lastId.isEmpty()
        ? client.stream(path, "Accept", "text/event-stream")
        : client.stream(path, "Accept", "text/event-stream", "Last-Event-ID", lastId);
  }

  private void take(String line, StringBuilder data, Consumer<JsonNode> sink)
      throws JsonProcessingException {
    if (line.startsWith("id:")) {
      lastId = line.substring("id:".length()).strip();
    } else if (line.startsWith("data:")) {
      data.append(line.substring("data:".length()).stripLeading());
    } else if (line.isEmpty() && !data.isEmpty()) {
      sink.accept(JSON.readTree(data.toString()));
      data.setLength(0);
    }
  }
}
