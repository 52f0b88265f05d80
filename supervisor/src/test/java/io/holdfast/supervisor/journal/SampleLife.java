package io.holdfast.supervisor.journal;

import io.holdfast.core.Decision;
import io.holdfast.core.GroupName;
import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.detection.Finding;
import io.holdfast.core.instance.Exit;
import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.instance.ExitStatus;
import io.holdfast.core.instance.Phase;
import io.holdfast.core.instance.Report;
import io.holdfast.core.spec.ServiceSpec;
import io.holdfast.core.supervision.Service;
import io.holdfast.core.supervision.ServiceEffect;
import io.holdfast.core.supervision.ServiceEvent;
import io.holdfast.core.supervision.ServiceInput;
import io.holdfast.core.supervision.ServiceState;
import io.holdfast.core.supervision.Surroundings;
import io.holdfast.protocol.spec.SpecReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;

/** The events of a service to which anything happens, in an order that the seed decides. */
final class SampleLife {

  private static final NodeId NODE = new NodeId("node-a");
  private static final GroupName SHOP = new GroupName("shop");

  private final SplittableRandom random;
  private final List<ServiceEvent> events = new ArrayList<>();
  private final Optional<GroupName> parent;
  private ServiceState state = new ServiceState.Blank();
  private Instant now = Instant.parse("2026-11-01T00:00:00Z");
  private long version;
  private long order;

  private SampleLife(SplittableRandom random) {
    this.random = random;
    this.parent = random.nextBoolean() ? Optional.of(SHOP) : Optional.empty();
  }

  static SampleLife of(long seed) {
    return new SampleLife(new SplittableRandom(seed));
  }

  List<ServiceEvent> events(int steps) {
    for (int step = 0; step < steps; step++) {
      now = now.plusMillis(random.nextInt(20_000));
      tell(input());
    }
    return events;
  }

  private void tell(ServiceInput input) {
    Decision<ServiceState, ServiceEffect> decision =
        Service.decide(
            state,
            input,
            new Surroundings(
                now,
                random.nextDouble(),
                random.nextInt(5) == 0 ? Set.of(new ServiceName("db")) : Set.of(),
                Map.of(),
                List.of(),
                Set.of(NODE),
                Set.of(),
                Set.of(),
                Duration.ZERO));
    for (ServiceEffect effect : decision.effects()) {
      if (effect instanceof ServiceEffect.Persist(var event)) {
        events.add(event);
      }
    }
    state = decision.state();
  }

  private ServiceInput input() {
    return switch (version == 0 ? 0 : random.nextInt(24)) {
      case 0 -> new ServiceInput.Ensured(++version, spec(), parent);
      case 1 ->
          random.nextInt(6) == 0
              ? new ServiceInput.Removed(++version)
              : new ServiceInput.RestartRequested(OptionalInt.empty());
      case 2 -> new ServiceInput.HaltOrdered(SHOP, ++order, "db failed");
      case 3, 4, 5 -> new ServiceInput.BeginOrdered(SHOP, ++order);
      case 6, 7, 8, 9, 10, 11 -> new ServiceInput.Placed(random.nextInt(4), NODE);
      case 12, 13, 14 -> reported(dead());
      case 15 -> new ServiceInput.Drained(someone());
      case 16 -> new ServiceInput.Judged(List.of(new Finding(someone(), opinion(), "it failed")));
      case 17, 18 -> new ServiceInput.Ticked();
      default -> reported(alive());
    };
  }

  private Finding.Opinion opinion() {
    List<Finding.Opinion> all = List.of(Finding.Opinion.values());
    return all.get(random.nextInt(all.size()));
  }

  private ServiceSpec spec() {
    return SpecReader.readOne(
        """
        name: web
        command: [bin/web, v%d]
        instances: %d
        standby: {count: 1}
        ports: {http: auto}
        restart: {intensity: %d, period: 1m}
        dependsOn: [{service: db, condition: ready}]
        health: {thresholds: {errorRate: 0.2, then: %s}}
        """
            .formatted(
                random.nextInt(3),
                1 + random.nextInt(3),
                random.nextInt(4),
                random.nextBoolean() ? "isolate" : "restart"));
  }

  private InstanceId someone() {
    List<InstanceId> living = List.copyOf(state.living().keySet());
    return living.isEmpty()
        ? new InstanceId(new ServiceName("web"), 0, 900)
        : living.get(random.nextInt(living.size()));
  }

  private static ServiceInput reported(Report report) {
    return new ServiceInput.Reported(NODE, "10.0.0.1", "a", report);
  }

  private Report alive() {
    Phase phase = random.nextInt(4) == 0 ? Phase.UNREADY : Phase.READY;
    return new Report.Alive(someone(), phase, 4_711, Map.of("http", 20_001), now, "answered 503");
  }

  private Report dead() {
    return new Report.Dead(
        someone(), new Exit(new ExitStatus.Code(3), ExitCause.SELF, now, "", List.of("last")));
  }
}
