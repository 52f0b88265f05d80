package io.holdfast.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.holdfast.cli.console.CommandFailed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Waits until applied services are what was asked for, or says which is not and why. */
public final class Readiness {

  private static final Set<String> DONE = Set.of("ready", "completed", "stopped");
  private static final Duration LOOK = Duration.ofMillis(200);

  private Readiness() {}

  /** A pause between two looks; true when there is no need to look again. */
  public interface Pause {
    boolean endsWait(Duration length) throws InterruptedException;
  }

  /**
   * Returns when every applied service is ready, completed or stopped.
   *
   * @throws CommandFailed when one is held, not there within {@code atMost}, or there with another
   *     version since the rollout of the applied one has failed
   */
  public static void await(AdminClient client, JsonNode applied, Duration atMost) {
    try {
      await(client, applied, atMost, Readiness::sleep);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailed("interrupted", e);
    }
  }

  /** Like the other one; false when a pause ended the wait. */
  public static boolean await(AdminClient client, JsonNode items, Duration atMost, Pause pause)
      throws InterruptedException {
    JsonNode applied = servicesOf(items);
    if (applied.isEmpty()) {
      return true;
    }
    long deadline = System.nanoTime() + atMost.toNanos();
    Settling settling = new Settling();
    while (true) {
      Map<String, JsonNode> services = services(client);
      Map<String, JsonNode> missing = missing(services, applied);
      if (missing.isEmpty() && settling.isOver(restarts(services, applied))) {
        requireRolledOut(client, applied, atMost);
        return true;
      }
      if (missing.values().stream().anyMatch(Readiness::isHeld) || System.nanoTime() > deadline) {
        throw CommandFailed.listing(
            reasons(client, missing.isEmpty() ? names(applied) : missing.keySet()));
      }
      if (pause.endsWait(LOOK)) {
        return false;
      }
    }
  }

  private static void requireRolledOut(AdminClient client, JsonNode applied, Duration within) {
    List<String> failed = FailedRollouts.of(client, applied, within);
    if (!failed.isEmpty()) {
      throw CommandFailed.listing(failed);
    }
  }

  /** A group is nothing to wait for: it is ready when its services are. */
  private static JsonNode servicesOf(JsonNode items) {
    ArrayNode services = JsonNodeFactory.instance.arrayNode();
    for (JsonNode item : items) {
      if (!Tables.text(item, "kind").equals("group")) {
        services.add(item);
      }
    }
    return services;
  }

  /** True when a service in this state is what it was asked to be. */
  static boolean isWanted(String state) {
    return DONE.contains(state);
  }

  private static Map<String, JsonNode> services(AdminClient client) {
    Map<String, JsonNode> services = new HashMap<>();
    client
        .list("/v1/services")
        .forEach(service -> services.put(Tables.text(service, "name"), service));
    return services;
  }

  private static Set<String> names(JsonNode applied) {
    Set<String> names = new HashSet<>();
    applied.forEach(item -> names.add(Tables.text(item, "name")));
    return names;
  }

  private static long restarts(Map<String, JsonNode> services, JsonNode applied) {
    return names(applied).stream()
        .mapToLong(name -> services.getOrDefault(name, applied).path("restarts").asLong())
        .sum();
  }

  private static Map<String, JsonNode> missing(Map<String, JsonNode> services, JsonNode applied) {
    Map<String, JsonNode> missing = new HashMap<>();
    for (JsonNode item : applied) {
      String name = Tables.text(item, "name");
      JsonNode service = services.getOrDefault(name, item);
      if (!isDone(service, item.path("version").asLong())) {
        missing.put(name, service);
      }
    }
    return missing;
  }

  private static boolean isDone(JsonNode service, long version) {
    return isWanted(Tables.text(service, "state")) && service.path("version").asLong() >= version;
  }

  private static boolean isHeld(JsonNode service) {
    return Tables.text(service, "state").equals("held");
  }

  private static List<String> reasons(AdminClient client, Set<String> missing) {
    List<String> lines = new ArrayList<>();
    missing.stream()
        .sorted()
        .forEach(
            name -> lines.add(reason(client.get("/v1/services/" + AdminClient.segment(name)))));
    return lines;
  }

  private static String reason(JsonNode service) {
    StringBuilder text =
        new StringBuilder(Tables.text(service, "name"))
            .append(" is ")
            .append(Tables.text(service, "state"))
            .append(": ")
            .append(Tables.text(service, "ready"))
            .append(" of ")
            .append(Tables.text(service, "desired"))
            .append(" ready");
    service.path("waitingFor").forEach(what -> text.append("; waiting for ").append(what.asText()));
    for (JsonNode instance : service.path("instances")) {
      if (instance.has("lastExit") && !Tables.text(instance, "state").equals("ready")) {
        return text.append("; ")
            .append(Tables.text(instance, "id"))
            .append(" ")
            .append(ServiceText.reason(instance.path("lastExit")))
            .append(" (holdfast describe service ")
            .append(Tables.text(service, "name"))
            .append(" shows its last lines)")
            .toString();
      }
    }
    return text.toString();
  }

  private static boolean sleep(Duration pause) throws InterruptedException {
    Thread.sleep(pause);
    return false;
  }
}
