package io.holdfast.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.cli.client.AdminClient;
import io.holdfast.cli.client.Applying;
import io.holdfast.cli.client.Readiness;
import io.holdfast.cli.client.SpecText;
import io.holdfast.cli.console.CommandFailed;
import io.holdfast.cli.console.Terminal;
import io.holdfast.cli.role.House;
import io.holdfast.cli.role.Termination;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The course of the demo, from the first service to the last line. */
final class Demo {

  private static final Duration TO_GET_READY = Duration.ofSeconds(90);
  private static final Duration BETWEEN_FAULTS = Duration.ofSeconds(3);
  private static final Duration REDRAW = Duration.ofMillis(500);

  /** No fault so near the end that it could not be repaired. */
  private static final Duration QUIET_END = Duration.ofSeconds(4);

  private final Terminal terminal;
  private final House house;
  private final Termination termination;
  private final boolean faultsWanted;
  private final Screen screen;
  private final Optional<Duration> lasting;
  private final List<Fault> faults = new ArrayList<>();

  Demo(
      Terminal terminal,
      House house,
      Termination termination,
      boolean faultsWanted,
      Screen screen,
      Optional<Duration> lasting) {
    this.terminal = terminal;
    this.house = house;
    this.termination = termination;
    this.faultsWanted = faultsWanted;
    this.screen = screen;
    this.lasting = lasting;
  }

  /** The exit code: 0 only when every fault was repaired. */
  int run() throws InterruptedException {
    terminal.out().println(house.readyLine("demo"));
    Instant start = Instant.now();
    try (AdminClient client = AdminClient.of(house.http());
        Watch watch = Watch.start(house.http())) {
      JsonNode applied = Applying.apply(client, SpecText.of("demo", DemoServices.specs()));
      if (!Readiness.await(client, applied, TO_GET_READY, termination::await)) {
        return 0;
      }
      screen.welcome(welcome(client));
      Load load = Load.start(house.gateway(), DemoServices.NAMES);
      try (load) {
        play(client, new Faults(client, watch, load), load, start);
      } finally {
        screen.finish();
      }
      return conclude(load, start);
    }
  }

  private void play(AdminClient client, Faults source, Load load, Instant start)
      throws InterruptedException {
    Instant next = Instant.now().plus(BETWEEN_FAULTS);
    while (!termination.await(REDRAW) && !isOver(start, Duration.ZERO)) {
      screen.now(client.list("/v1/services"), load.sent(), load.failed());
      if (faultsWanted && Instant.now().isAfter(next) && !isOver(start, QUIET_END)) {
        source.inject(screen, termination).ifPresent(faults::add);
        next = Instant.now().plus(BETWEEN_FAULTS);
      }
    }
  }

  private boolean isOver(Instant start, Duration before) {
    return lasting
        .map(duration -> Instant.now().isAfter(start.plus(duration).minus(before)))
        .orElse(false);
  }

  private int conclude(Load load, Instant start) {
    if (!faults.isEmpty()) {
      terminal.out().print(FaultText.table(faults, start));
    }
    if (!load.lastFailure().isBlank()) {
      terminal.out().println("last failed request: " + load.lastFailure());
    }
    terminal.out().println(FaultText.summary(faults, load.sent(), load.failed()));
    boolean allRepaired = faults.stream().allMatch(Fault::isRepaired);
    return allRepaired || termination.isRequested() ? 0 : 1;
  }

  private List<String> welcome(AdminClient client) {
    List<String> lines = new ArrayList<>();
    lines.add("dashboard: " + house.http() + "/");
    lines.add("try:       curl " + house.gateway() + "/-/web/");
    victim(client)
        .ifPresent(pid -> lines.add("           kill -9 " + pid + "    (an instance of web)"));
    lines.add("           ./holdfast describe service web --server " + house.http());
    lines.add("           Ctrl-C ends it all and leaves nothing behind");
    return lines;
  }

  private static Optional<String> victim(AdminClient client) {
    try {
      JsonNode instances = client.get("/v1/services/web").path("instances");
      return instances.isEmpty()
          ? Optional.empty()
          : Optional.of(instances.get(0).path("pid").asText());
    } catch (CommandFailed _) {
      // Only a hint is lost.
      return Optional.empty();
    }
  }
}
