package io.holdfast.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * From SIGKILL of a service process to: its agent knows, a balancer's view is without it, a
 * balancer's view has its successor. The service needs no time to start, so what is measured is
 * Holdfast.
 */
final class Crash {

  private static final int WARM_UP = 50;
  private static final int KILLS = 300;
  private static final ObjectMapper JSON = new ObjectMapper();

  private Crash() {}

  public static void main(String[] arguments) throws Exception {
    try (House house = House.open();
        Balancer balancer = new Balancer(house.grpc())) {
      house.apply(
          """
          kind: service
          name: web
          instances: 3
          command: [sleep, "1000"]
          ports: {http: auto}
          restart: {intensity: 1000000}
          """);
      balancer.await(endpoints -> endpoints.size() == 3);
      measure(house, balancer, WARM_UP);
      measure(house, balancer, KILLS).forEach(samples -> IO.println(samples.line()));
    }
    System.exit(0);
  }

  private static List<Samples> measure(House house, Balancer balancer, int kills) throws Exception {
    Samples detected = new Samples("crash to detected");
    Samples isolated = new Samples("crash to out of the view");
    Samples repaired = new Samples("crash to ready again");
    for (int kill = 0; kill < kills; kill++) {
      JsonNode victim = victim(house, kill % 3);
      String id = victim.path("id").asText();
      Instant at = Instant.now();
      ProcessHandle.of(victim.path("pid").asLong()).orElseThrow().destroyForcibly();
      Instant gone =
          balancer.await(
              endpoints -> endpoints.stream().noneMatch(e -> e.instance().toString().equals(id)));
      Instant back = balancer.await(endpoints -> endpoints.size() == 3);
      isolated.add(Duration.between(at, gone));
      repaired.add(Duration.between(at, back));
      detected.add(Duration.between(at, seenByAgent(house, kill % 3)));
    }
    return List.of(detected, isolated, repaired);
  }

  private static Instant seenByAgent(House house, int slot) throws Exception {
    return Instant.parse(victim(house, slot).path("lastExit").path("at").asText());
  }

  private static JsonNode victim(House house, int slot) throws Exception {
    for (JsonNode instance : JSON.readTree(house.get("/v1/services/web")).path("instances")) {
      if (instance.path("slot").asInt() == slot) {
        return instance;
      }
    }
    throw new IllegalStateException("slot " + slot + " has no instance");
  }
}
