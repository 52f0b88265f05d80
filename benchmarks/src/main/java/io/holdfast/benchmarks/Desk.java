package io.holdfast.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The admin API of the supervisor at a place, which only what is there can reach. */
record Desk(Place place, int port) {

  private static final ObjectMapper JSON = new ObjectMapper();

  record Reply(int status, String body) {}

  /** The same, for questions that are answered late: others need not wait for that. */
  Desk beside() throws Exception {
    return new Desk(place.beside(), port);
  }

  /** Missing where there is no answer. */
  JsonNode get(String path, Duration longest) throws Exception {
    try {
      return JSON.readTree(ask(path, "", longest).body());
    } catch (IOException e) {
      return JSON.missingNode();
    }
  }

  /** With a body if there is one to send. */
  Reply ask(String path, String body, Duration longest) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    return place.inside(
        () -> {
          HttpURLConnection request = (HttpURLConnection) uri.toURL().openConnection();
          request.setConnectTimeout((int) longest.toMillis());
          request.setReadTimeout((int) longest.toMillis());
          request.setRequestProperty("Connection", "close");
          if (!body.isEmpty()) {
            request.setDoOutput(true);
            request.setRequestProperty("Content-Type", "application/yaml");
            request.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
          }
          int status = request.getResponseCode();
          try (InputStream answer =
              status < 400 ? request.getInputStream() : request.getErrorStream()) {
            return new Reply(status, new String(answer.readAllBytes(), StandardCharsets.UTF_8));
          }
        });
  }
}
