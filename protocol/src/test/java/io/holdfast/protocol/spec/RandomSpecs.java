package io.holdfast.protocol.spec;

import io.holdfast.core.ServiceName;
import io.holdfast.core.spec.BackoffPolicy;
import io.holdfast.core.spec.BalancingPolicy;
import io.holdfast.core.spec.Dependency;
import io.holdfast.core.spec.Health;
import io.holdfast.core.spec.HoldPolicy;
import io.holdfast.core.spec.Placement;
import io.holdfast.core.spec.PortSpec;
import io.holdfast.core.spec.Probe;
import io.holdfast.core.spec.ProbeCheck;
import io.holdfast.core.spec.ProcessSpec;
import io.holdfast.core.spec.RestartPolicy;
import io.holdfast.core.spec.RestartType;
import io.holdfast.core.spec.RetryPolicy;
import io.holdfast.core.spec.RolloutPolicy;
import io.holdfast.core.spec.RoutingPolicy;
import io.holdfast.core.spec.ServiceSpec;
import io.holdfast.core.spec.StandbyPolicy;
import io.holdfast.core.spec.StopPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Valid specifications of every shape; the same for the same seed. */
final class RandomSpecs {

  private static final List<String> TEXTS =
      List.of(
          "web",
          "-",
          "- a",
          "null",
          "~",
          "",
          "yes",
          "no",
          "true",
          "1",
          "1.0",
          "010",
          "1_000",
          "0x1F",
          ": b",
          "a: b",
          "# c",
          " lead",
          "trail ",
          "tab\t",
          "two\nlines",
          "\n",
          "é",
          "日本",
          "\uD83D\uDE00",
          "'",
          "\"",
          "\\",
          "${PORT}",
          "{a: b}",
          "[x]",
          "*a",
          "&a",
          "!t",
          "|",
          ">",
          "%",
          "@",
          "`",
          "=",
          "<<",
          "2026-01-01",
          "12:30:45",
          "\u0007",
          "\u007f",
          "\u0085",
          "\u2028",
          "\ufeff",
          ".inf",
          "?",
          "---",
          "...");

  private final Random random;

  RandomSpecs(Random random) {
    this.random = random;
  }

  ServiceSpec next() {
    ProcessSpec process = process();
    return new ServiceSpec(
        new ServiceName("service-" + random.nextInt(100)),
        random.nextInt(10_001),
        process,
        maybe(this::restart).orElse(RestartPolicy.DEFAULT),
        maybe(() -> new HoldPolicy(duration())).orElse(HoldPolicy.DEFAULT),
        new StandbyPolicy(random.nextInt(3)),
        maybe(() -> new StopPolicy(one("TERM", "INT", "KILL"), duration()))
            .orElse(StopPolicy.DEFAULT),
        health(process),
        dependencies(),
        maybe(() -> new Placement(labels(), labels())).orElse(Placement.ANYWHERE),
        maybe(() -> new RolloutPolicy(duration(), duration())).orElse(RolloutPolicy.DEFAULT),
        maybe(this::routing).orElse(RoutingPolicy.DEFAULT));
  }

  private ProcessSpec process() {
    List<String> command = new ArrayList<>(List.of("bin/" + text()));
    IntStream.range(0, random.nextInt(4)).forEach(_ -> command.add(text()));
    return new ProcessSpec(
        command, maybe(() -> "/srv/" + text()), labels(), maybe(() -> "u" + text()), ports());
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
        random.nextInt(1_000_001),
        duration(),
        new BackoffPolicy(
            initial,
            1 + 99 * random.nextDouble(),
            initial.multipliedBy(2),
            random.nextDouble(),
            duration()));
  }

  private Health health(ProcessSpec process) {
    return new Health(
        maybe(() -> probe(process)),
        maybe(() -> probe(process)),
        maybe(() -> probe(process)),
        maybe(this::duration).orElse(Health.DEFAULT_START_DEADLINE));
  }

  private Probe probe(ProcessSpec process) {
    return new Probe(
        check(process), duration(), duration(), 1 + random.nextInt(3), 1 + random.nextInt(3));
  }

  private ProbeCheck check(ProcessSpec process) {
    if (process.ports().isEmpty() || random.nextInt(3) == 0) {
      return new ProbeCheck.Exec(List.of("check" + text(), text()));
    }
    String port = process.ports().get(random.nextInt(process.ports().size())).name();
    return random.nextBoolean()
        ? new ProbeCheck.Tcp(port)
        : new ProbeCheck.Http("/ready?x=" + random.nextInt(9), port);
  }

  private List<Dependency> dependencies() {
    return IntStream.range(0, random.nextInt(3))
        .mapToObj(
            i -> new Dependency(new ServiceName("db-" + i), one(Dependency.Condition.values())))
        .toList();
  }

  private RoutingPolicy routing() {
    return new RoutingPolicy(
        one(BalancingPolicy.values()),
        maybe(() -> one("shop.example.com", "1.2.3.4", "on", "123")),
        duration(),
        duration(),
        new RetryPolicy(random.nextInt(11), random.nextDouble(), random.nextInt(1_000)));
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
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  @SafeVarargs
  private final <T> T one(T... values) {
    return values[random.nextInt(values.length)];
  }

  private <T> Optional<T> maybe(Supplier<T> value) {
    return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
  }
}
