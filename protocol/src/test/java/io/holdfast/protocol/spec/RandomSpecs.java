package io.holdfast.protocol.spec;

import io.holdfast.core.GroupName;
import io.holdfast.core.ServiceName;
import io.holdfast.core.spec.BackoffPolicy;
import io.holdfast.core.spec.BalancingPolicy;
import io.holdfast.core.spec.Dependency;
import io.holdfast.core.spec.Entrance;
import io.holdfast.core.spec.Exclusivity;
import io.holdfast.core.spec.GroupSpec;
import io.holdfast.core.spec.Health;
import io.holdfast.core.spec.Hedging;
import io.holdfast.core.spec.HoldPolicy;
import io.holdfast.core.spec.OutlierPolicy;
import io.holdfast.core.spec.Placement;
import io.holdfast.core.spec.PortSpec;
import io.holdfast.core.spec.Probe;
import io.holdfast.core.spec.ProbeCheck;
import io.holdfast.core.spec.ProcessSpec;
import io.holdfast.core.spec.ReplacePolicy;
import io.holdfast.core.spec.Resources;
import io.holdfast.core.spec.RestartPolicy;
import io.holdfast.core.spec.RestartType;
import io.holdfast.core.spec.RetryOn;
import io.holdfast.core.spec.RetryPolicy;
import io.holdfast.core.spec.RolloutPolicy;
import io.holdfast.core.spec.RoutingPolicy;
import io.holdfast.core.spec.ServiceSpec;
import io.holdfast.core.spec.Spec;
import io.holdfast.core.spec.StandbyPolicy;
import io.holdfast.core.spec.StopPolicy;
import io.holdfast.core.spec.Strategy;
import io.holdfast.core.spec.Thresholds;
import io.holdfast.core.spec.TryTimeout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Valid specifications of every shape; the same for the same seed. */
final class RandomSpecs {

  /** Some of them are something else than text when YAML reads them. */
  private static final List<String> CHILDREN =
      List.of("web", "db", "null", "true", "no", "y", "on", "e1", "a-1", "x--");

  private final Random random;

  RandomSpecs(Random random) {
    this.random = random;
  }

  Spec next() {
    return random.nextInt(4) == 0 ? group() : service();
  }

  GroupSpec group() {
    return new GroupSpec(
        new GroupName("group-" + random.nextInt(100)),
        one(Strategy.values()),
        maybe(() -> random.nextInt(1_000_001)).orElse(GroupSpec.USUAL_INTENSITY),
        maybe(this::duration).orElse(GroupSpec.USUAL_PERIOD),
        children());
  }

  ServiceSpec service() {
    ProcessSpec process = process();
    RoutingPolicy routing = maybe(this::routing).orElse(RoutingPolicy.DEFAULT);
    int standby = random.nextInt(3);
    int instances = random.nextInt(10_001);
    return new ServiceSpec(
        new ServiceName("service-" + random.nextInt(100)),
        instances,
        process,
        maybe(this::restart).orElse(RestartPolicy.DEFAULT),
        maybe(() -> new ReplacePolicy(random.nextInt(1_001), duration(), duration()))
            .orElse(ReplacePolicy.DEFAULT),
        maybe(() -> new HoldPolicy(duration())).orElse(HoldPolicy.DEFAULT),
        new StandbyPolicy(standby),
        new Exclusivity(
            standby == 0 && random.nextBoolean(),
            maybe(this::lease).orElse(Exclusivity.NONE.lease())),
        maybe(() -> new StopPolicy(one("TERM", "INT", "KILL"), duration()))
            .orElse(StopPolicy.DEFAULT),
        health(process, routing),
        dependencies(),
        maybe(() -> new Placement(labels(), labels())).orElse(Placement.ANYWHERE),
        maybe(() -> rollout(instances)).orElse(RolloutPolicy.DEFAULT),
        routing);
  }

  private RolloutPolicy rollout(int instances) {
    int canary = random.nextInt(4);
    Duration one = duration();
    Duration other = duration();
    boolean inOrder = one.compareTo(other) <= 0;
    return new RolloutPolicy(
        instances > 1 ? Math.min(canary, instances - 1) : canary,
        inOrder ? one : other,
        inOrder ? other : one,
        random.nextBoolean());
  }

  private List<String> children() {
    List<String> children = new ArrayList<>(CHILDREN);
    Collections.shuffle(children, random);
    return children.subList(0, 1 + random.nextInt(children.size()));
  }

  private Duration lease() {
    return Duration.ofMillis(2_000 + random.nextInt(3_598_001));
  }

  private ProcessSpec process() {
    List<String> command = new ArrayList<>(List.of("bin/" + text()));
    IntStream.range(0, random.nextInt(4)).forEach(_ -> command.add(text()));
    return new ProcessSpec(
        command,
        maybe(() -> "/srv/" + text()),
        labels(),
        maybe(() -> "u" + text()),
        ports(),
        resources());
  }

  private Resources resources() {
    return new Resources(
        random.nextBoolean()
            ? OptionalLong.empty()
            : OptionalLong.of((1L << 20) + random.nextInt(1 << 20) * one(1L, 1000L, 1L << 20)),
        random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(10 + random.nextInt(20_000)),
        random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(1 + random.nextInt(10_000)));
  }

  private List<PortSpec> ports() {
    List<PortSpec> ports = new ArrayList<>();
    for (String name : List.of("z", "http", "a-1", "y", "n", "on")) {
      if (random.nextInt(3) == 0) {
        ports.add(
            random.nextBoolean()
                ? PortSpec.auto(name)
                : PortSpec.fixed(name, 1_000 * (ports.size() + 1) + random.nextInt(999)));
      }
    }
    return ports;
  }

  private Map<String, String> labels() {
    Map<String, String> labels = new HashMap<>();
    IntStream.range(0, random.nextInt(3))
        .forEach(i -> labels.put(i + text().replace('=', '-'), text()));
    return labels;
  }

  private RestartPolicy restart() {
    Duration initial = duration();
    return new RestartPolicy(
        one(RestartType.values()),
        one(Strategy.values()),
        random.nextInt(1_000_001),
        duration(),
        new BackoffPolicy(
            initial,
            1 + 99 * random.nextDouble(),
            initial.multipliedBy(2),
            random.nextDouble(),
            duration()));
  }

  private Health health(ProcessSpec process, RoutingPolicy routing) {
    return new Health(
        maybe(() -> probe(process)),
        maybe(() -> probe(process)),
        maybe(() -> probe(process)),
        maybe(this::duration).orElse(Health.DEFAULT_START_DEADLINE),
        maybe(() -> thresholds(routing)));
  }

  private Thresholds thresholds(RoutingPolicy routing) {
    boolean tcp =
        routing.entrance().own().filter(own -> own.mode() == Entrance.Mode.TCP).isPresent();
    boolean rate = tcp || random.nextBoolean();
    int slowest = (int) Math.min(60_000, routing.timeout().toMillis());
    return new Thresholds(
        rate ? OptionalDouble.of(1 - random.nextDouble()) : OptionalDouble.empty(),
        tcp || (rate && random.nextBoolean())
            ? Optional.empty()
            : Optional.of(Duration.ofMillis(1 + random.nextInt(slowest))),
        maybe(() -> Duration.ofMillis(5_000 + random.nextInt(595_001)))
            .orElse(Thresholds.USUAL_WINDOW),
        maybe(() -> 10 + random.nextInt(999_991)).orElse(Thresholds.USUAL_REQUESTS),
        one(Thresholds.Response.values()));
  }

  private Probe probe(ProcessSpec process) {
    return new Probe(
        check(process), duration(), duration(), 1 + random.nextInt(3), 1 + random.nextInt(3));
  }

  private ProbeCheck check(ProcessSpec process) {
    if (process.ports().isEmpty() || random.nextInt(3) == 0) {
      return random.nextBoolean()
          ? new ProbeCheck.Exec(List.of("check" + text(), text()))
          : new ProbeCheck.Watchdog(duration());
    }
    String port = process.ports().get(random.nextInt(process.ports().size())).name();
    return switch (random.nextInt(3)) {
      case 0 -> new ProbeCheck.Tcp(port);
      case 1 -> new ProbeCheck.Grpc(one("", "null", "shop.v1.Cart", "1"), port);
      default -> new ProbeCheck.Http("/ready?x=" + random.nextInt(9), port);
    };
  }

  private List<Dependency> dependencies() {
    return IntStream.range(0, random.nextInt(3))
        .mapToObj(
            i ->
                new Dependency(
                    new ServiceName("db-" + i),
                    one(Dependency.Condition.values()),
                    one(Dependency.OnRestart.values())))
        .toList();
  }

  private RoutingPolicy routing() {
    Duration timeout = duration().plusMillis(1);
    return new RoutingPolicy(
        one(BalancingPolicy.values()),
        maybe(() -> one("shop.example.com", "1.2.3.4", "on", "123")),
        timeout,
        duration(),
        random.nextBoolean() ? new TryTimeout.Learned() : new TryTimeout.Fixed(timeout),
        new RetryPolicy(
            random.nextInt(11),
            random.nextDouble(),
            random.nextInt(1_000),
            random.nextBoolean() ? RetryOn.ALL : EnumSet.of(RetryOn.CONNECT, one(RetryOn.values())),
            hedging(timeout)),
        outlier(),
        duration(),
        maybe(() -> 1 + random.nextInt(65_535))
            .map(port -> Entrance.of(Optional.of(port), one(Entrance.Mode.values())))
            .orElse(Entrance.shared()));
  }

  private Hedging hedging(Duration timeout) {
    return one(new Hedging.Off(), new Hedging.Learned(), new Hedging.After(timeout.dividedBy(2)));
  }

  private OutlierPolicy outlier() {
    Duration base = duration();
    return new OutlierPolicy(
        1 + random.nextInt(1_000), 0.01 + random.nextDouble() * 0.99, base, base.multipliedBy(3));
  }

  private Duration duration() {
    return switch (random.nextInt(4)) {
      case 0 -> Duration.ofSeconds(1 + random.nextInt(100_000));
      case 1 -> Duration.ofMillis(1 + random.nextInt(100_000));
      case 2 -> Duration.ofMinutes(1 + random.nextInt(10_000));
      default -> Duration.ofNanos(1 + random.nextInt(1_000_000_000));
    };
  }

  private String text() {
    return AwkwardTexts.ALL.get(random.nextInt(AwkwardTexts.ALL.size()));
  }

  @SafeVarargs
  private final <T> T one(T... values) {
    return values[random.nextInt(values.length)];
  }

  private <T> Optional<T> maybe(Supplier<T> value) {
    return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
  }
}
