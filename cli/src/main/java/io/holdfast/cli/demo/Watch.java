package io.holdfast.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.cli.client.AdminClient;
import io.holdfast.cli.client.EventStream;
import io.holdfast.cli.console.CommandFailed;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Follows events and routes as any client may, and remembers when each instance was seen to go. */
final class Watch implements AutoCloseable {

  private static final Duration POLL = Duration.ofSeconds(20);

  private final AdminClient client;
  private final Map<String, Instant> exited = new ConcurrentHashMap<>();
  private final Map<String, Instant> unrouted = new ConcurrentHashMap<>();
  private volatile boolean ending;

  private Watch(URI api) {
    this.client = AdminClient.of(api);
  }

  static Watch start(URI api) {
    Watch watch = new Watch(api);
    Thread.ofVirtual().name("events").start(() -> watch.untilEnd(watch::followEvents));
    Thread.ofVirtual().name("routes").start(() -> watch.untilEnd(watch::followRoutes));
    return watch;
  }

  /** When the exit of an instance happened, as its event tells. */
  Optional<Instant> exited(String instance) {
    return Optional.ofNullable(exited.get(instance));
  }

  /** When a view without the instance was first seen. */
  Optional<Instant> unrouted(String instance) {
    return Optional.ofNullable(unrouted.get(instance));
  }

  private interface Following {
    void once() throws IOException, InterruptedException;
  }

  private void untilEnd(Following following) {
    while (!ending) {
      try {
        following.once();
      } catch (IOException | CommandFailed _) {
        // The supervisor is busy or this demo is ending: look again, or not.
        pause();
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(Duration.ofMillis(200));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void followEvents() throws IOException {
    EventStream.of(client, "/v1/events").read(this::take);
  }

  private void take(JsonNode event) {
    // When the agent saw it; the event itself is recorded a little later.
    JsonNode seen = event.path("evidence").path("at");
    if (event.path("type").asText().equals("instance-exited") && seen.isTextual()) {
      exited.putIfAbsent(event.path("instance").asText(), Instant.parse(seen.asText()));
    }
  }

  private void followRoutes() {
    Set<String> before = Set.of();
    String version = "";
    while (!ending) {
      JsonNode view = client.poll(path(version), POLL);
      version = view.path("version").asText();
      Set<String> now = instances(view);
      for (String instance : before) {
        if (!now.contains(instance)) {
          unrouted.putIfAbsent(instance, Instant.now());
        }
      }
      before = now;
    }
  }

  private static String path(String version) {
    return version.isEmpty()
        ? "/v1/routes"
        : "/v1/routes?wait=" + POLL.toSeconds() + "s&after=" + version;
  }

  private static Set<String> instances(JsonNode view) {
    Set<String> found = new HashSet<>();
    view.path("services")
        .forEach(service -> service.forEach(one -> found.add(one.path("instance").asText())));
    return found;
  }

  @Override
  public void close() {
    ending = true;
    client.close();
  }
}
