package io.holdfast.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.cli.client.AdminClient;
import io.holdfast.cli.role.Termination;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Injects one fault at a time and watches it being repaired. */
final class Faults {

  /** A fault that is not repaired by then counts as not repaired. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** How long the feed of events may lag behind the repair. */
  private static final Duration LATE_NEWS = Duration.ofSeconds(5);

  private static final Duration LOOK = Duration.ofMillis(25);
  private static final int CRASH_EVERY = 4;

  private final AdminClient client;
  private final Watch watch;
  private final Load load;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private int count;

  Faults(AdminClient client, Watch watch, Load load) {
    this.client = client;
    this.watch = watch;
    this.load = load;
  }

  /** Hits the next service in turn; empty when it has nothing to hit just now. */
  Optional<Fault> inject(Screen screen, Termination termination) throws InterruptedException {
    String service = DemoServices.NAMES.get(count % DemoServices.NAMES.size());
    List<Victim> victims = victims(client.get("/v1/services/" + service));
    if (victims.isEmpty()) {
      return Optional.empty();
    }
    Victim victim = victims.get(random.nextInt(victims.size()));
    FaultKind kind = (count + 1) % CRASH_EVERY == 0 ? FaultKind.CRASH : FaultKind.KILL;
    count++;
    return hit(victim, kind, screen, termination);
  }

  private static List<Victim> victims(JsonNode service) {
    List<Victim> victims = new ArrayList<>();
    for (JsonNode instance : service.path("instances")) {
      if (instance.path("state").asText().equals("ready")
          && instance.path("role").asText().equals("active")) {
        Victim.of(service.path("name").asText(), instance).ifPresent(victims::add);
      }
    }
    return victims;
  }

  /** Empty when the demo ends before the repair: then there is nothing to tell. */
  private Optional<Fault> hit(Victim victim, FaultKind kind, Screen screen, Termination termination)
      throws InterruptedException {
    long failedBefore = load.failed();
    Instant at = Instant.now();
    String what = kind + " " + victim.id();
    victim.suffer(kind);
    screen.injected(count, what);
    Optional<Instant> repaired = awaitRepair(victim, at.plus(PATIENCE), termination);
    long failed = load.failed() - failedBefore;
    Optional<Instant> exited = awaitNews(victim, termination);
    Fault fault =
        new Fault(
            count,
            what,
            at,
            since(at, exited),
            since(at, watch.unrouted(victim.id())),
            since(at, repaired),
            failed);
    if (!fault.isRepaired() && termination.isRequested()) {
      return Optional.empty();
    }
    screen.ended(fault);
    return Optional.of(fault);
  }

  private Optional<Instant> awaitRepair(Victim victim, Instant deadline, Termination termination)
      throws InterruptedException {
    while (Instant.now().isBefore(deadline) && !termination.await(LOOK)) {
      if (watch.unrouted(victim.id()).isPresent()
          && isWhole(client.get("/v1/services/" + victim.service()), victim)) {
        return Optional.of(Instant.now());
      }
    }
    return Optional.empty();
  }

  /** When the exit happened; what is never told is not made up. */
  private Optional<Instant> awaitNews(Victim victim, Termination termination)
      throws InterruptedException {
    Instant deadline = Instant.now().plus(LATE_NEWS);
    Optional<Instant> exited = watch.exited(victim.id());
    while (exited.isEmpty() && Instant.now().isBefore(deadline) && !termination.await(LOOK)) {
      exited = watch.exited(victim.id());
    }
    return exited;
  }

  /** As many as asked for are ready, standbys included, and the victim is not one of them. */
  private static boolean isWhole(JsonNode service, Victim victim) {
    int ready = 0;
    for (JsonNode instance : service.path("instances")) {
      boolean isReady = instance.path("state").asText().equals("ready");
      if (isReady && instance.path("id").asText().equals(victim.id())) {
        return false;
      }
      ready += isReady ? 1 : 0;
    }
    int standby = service.path("spec").path("standby").path("count").asInt();
    return ready >= service.path("desired").asInt() + standby
        && service.path("ready").asInt() == service.path("desired").asInt();
  }

  private static Optional<Duration> since(Instant from, Optional<Instant> to) {
    return to.map(at -> Duration.between(from, at))
        .map(span -> span.isNegative() ? Duration.ZERO : span);
  }
}
