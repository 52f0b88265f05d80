package io.holdfast.core.spec;

import static io.holdfast.core.fixture.Palette.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How far each number and each duration of a specification may go. */
final class SpecBoundsTest {

  private static final Duration NONE = Duration.ZERO;
  private static final Duration BEFORE = Duration.ofMillis(-1);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration YEAR = Duration.ofDays(365);
  private static final Duration LIMIT = RoutingPolicy.DEFAULT.timeout();
  private static final Entrance TCP = new Entrance.Own(9_080, Entrance.Mode.TCP);
  private static final Duration LONGER = YEAR.plusMillis(1);
  private static final ProbeCheck CHECK = new ProbeCheck.Tcp("http");

  static Stream<Arguments> beyond() {
    return Stream.of(
            backoff("initial", NONE, 2, SECOND, 0, SECOND),
            backoff("initial", LONGER, 2, LONGER, 0, SECOND),
            backoff("factor", SECOND, 0.9, SECOND, 0, SECOND),
            backoff("factor", SECOND, 100.1, SECOND, 0, SECOND),
            backoff("max", SECOND, 2, SECOND.minusMillis(1), 0, SECOND),
            backoff("max", SECOND, 2, LONGER, 0, SECOND),
            backoff("jitter", SECOND, 2, SECOND, -0.1, SECOND),
            backoff("jitter", SECOND, 2, SECOND, 1.1, SECOND),
            backoff("reset", SECOND, 2, SECOND, 0, NONE),
            refused("limit", () -> new ReplacePolicy(-1, SECOND, SECOND)),
            refused("limit", () -> new ReplacePolicy(1_001, SECOND, SECOND)),
            refused("period", () -> new ReplacePolicy(1, NONE, SECOND)),
            refused("remember", () -> new ReplacePolicy(1, SECOND, NONE)),
            refused("intensity", () -> restart(-1, SECOND)),
            refused("intensity", () -> restart(1_000_001, SECOND)),
            refused("period", () -> restart(1, BEFORE)),
            refused("intensity", () -> group(-1, SECOND, 1)),
            refused("intensity", () -> group(1_000_001, SECOND, 1)),
            refused("period", () -> group(1, NONE, 1)),
            refused("children", () -> group(1, SECOND, 0)),
            refused("children", () -> group(1, SECOND, 1_001)),
            refused("children", () -> group("UPPER")),
            refused("children", () -> group("shop")),
            refused("children", () -> group("web", "web")),
            refused("interval", () -> new Probe(CHECK, NONE, SECOND, 1, 1)),
            refused("timeout", () -> new Probe(CHECK, SECOND, LONGER, 1, 1)),
            refused("failures", () -> new Probe(CHECK, SECOND, SECOND, 0, 1)),
            refused("failures", () -> new Probe(CHECK, SECOND, SECOND, 101, 1)),
            refused("successes", () -> new Probe(CHECK, SECOND, SECOND, 1, 0)),
            refused("successes", () -> new Probe(CHECK, SECOND, SECOND, 1, 101)),
            refused("deadline", () -> deadline(NONE)),
            refused("errorRate", () -> thresholds(0, SECOND, 50)),
            refused("errorRate", () -> thresholds(1.001, SECOND, 50)),
            refused("errorRate", () -> thresholds(Double.NaN, SECOND, 50)),
            refused("errorRate", SpecBoundsTest::noThreshold),
            refused("p99", () -> thresholds(0.2, NONE, 50)),
            refused("p99", () -> thresholds(0.2, MINUTE.plusMillis(1), 50)),
            refused("window", () -> thresholds(Duration.ofMillis(4_999))),
            refused("window", () -> thresholds(MINUTE.multipliedBy(10).plusMillis(1))),
            refused("minRequests", () -> thresholds(0.2, SECOND, 9)),
            refused("minRequests", () -> thresholds(0.2, SECOND, 1_000_001)),
            refused("grace", () -> new StopPolicy("TERM", BEFORE)),
            refused("grace", () -> new StopPolicy("TERM", LONGER)),
            refused("signal", () -> new StopPolicy("STOP", SECOND)),
            refused("lease", () -> new Exclusivity(true, SECOND)),
            refused("lease", () -> new Exclusivity(true, Duration.ofHours(1).plusMillis(1))),
            refused("timeout", () -> routing(NONE, SECOND)),
            refused("connectTimeout", () -> routing(SECOND, NONE)),
            refused("tryTimeout", () -> tries(new TryTimeout.Fixed(LIMIT.plusNanos(1)))),
            refused("retries.hedge", () -> hedged(LIMIT)),
            refused("health.thresholds.p99", () -> judged(LIMIT.plusMillis(1), Entrance.shared())),
            refused("health.thresholds.p99", () -> judged(SECOND, TCP)),
            refused("directory", () -> process(Optional.of(" "), Optional.empty())),
            refused("directory", () -> process(Optional.of("a\0b"), Optional.empty())),
            refused("user", () -> process(Optional.empty(), Optional.of(""))))
        .flatMap(arguments -> arguments);
  }

  @ParameterizedTest(name = "{0} ({index})")
  @MethodSource("beyond")
  void whatLiesBeyondIsRefusedByName(String field, ThrowingCallable construction) {
    assertThatExceptionOfType(InvalidSpec.class)
        .isThrownBy(construction)
        .satisfies(refusal -> assertThat(refusal.field()).isEqualTo(field));
  }

  static Stream<ThrowingCallable> within() {
    return Stream.of(
        () -> new BackoffPolicy(SECOND, 1, SECOND, 0, YEAR),
        () -> new BackoffPolicy(Duration.ofMillis(1), 100, YEAR, 1, SECOND),
        () -> new ReplacePolicy(0, YEAR, YEAR),
        () -> new ReplacePolicy(1_000, SECOND, SECOND),
        () -> restart(0, YEAR),
        () -> restart(1_000_000, SECOND),
        () -> group(0, YEAR, 1_000),
        () -> group(1_000_000, SECOND, 1),
        () -> new Probe(CHECK, YEAR, YEAR, 100, 100),
        () -> thresholds(1, MINUTE, 10),
        () -> thresholds(1e-9, Duration.ofMillis(1), 1_000_000),
        () -> thresholds(Duration.ofSeconds(5)),
        () -> thresholds(MINUTE.multipliedBy(10)),
        () -> tries(new TryTimeout.Fixed(LIMIT)),
        () -> hedged(LIMIT.minusNanos(1)),
        () -> judged(LIMIT, new Entrance.Own(9_080, Entrance.Mode.HTTP)),
        () -> new StopPolicy("KILL", NONE),
        () -> new StopPolicy("KILL", YEAR),
        () -> new Exclusivity(true, Duration.ofSeconds(2)),
        () -> new Exclusivity(true, Duration.ofHours(1)),
        () -> routing(YEAR, YEAR));
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("within")
  void theBoundsThemselvesAreAllowed(ThrowingCallable construction) {
    assertThatCode(construction).doesNotThrowAnyException();
  }

  private static Stream<Arguments> refused(String field, ThrowingCallable construction) {
    return Stream.of(Arguments.of(field, construction));
  }

  private static Stream<Arguments> backoff(
      String field, Duration initial, double factor, Duration max, double jitter, Duration reset) {
    return refused(field, () -> new BackoffPolicy(initial, factor, max, jitter, reset));
  }

  private static RestartPolicy restart(int intensity, Duration period) {
    return new RestartPolicy(
        RestartType.PERMANENT, Strategy.ONE_FOR_ONE, intensity, period, BackoffPolicy.DEFAULT);
  }

  private static GroupSpec group(int intensity, Duration period, int children) {
    List<String> names = IntStream.range(0, children).mapToObj(i -> "child-" + i).toList();
    return new GroupSpec(SHOP, Strategy.ONE_FOR_ONE, intensity, period, names);
  }

  private static GroupSpec group(String... children) {
    return new GroupSpec(SHOP, Strategy.ONE_FOR_ONE, 1, SECOND, List.of(children));
  }

  private static Health deadline(Duration deadline) {
    return new Health(Optional.empty(), Optional.empty(), Optional.empty(), deadline);
  }

  private static Thresholds thresholds(double rate, Duration p99, int minRequests) {
    return new Thresholds(
        OptionalDouble.of(rate),
        Optional.of(p99),
        Thresholds.USUAL_WINDOW,
        minRequests,
        Thresholds.Response.ISOLATE);
  }

  private static Thresholds thresholds(Duration window) {
    return new Thresholds(
        OptionalDouble.of(0.2), Optional.empty(), window, 50, Thresholds.Response.ISOLATE);
  }

  private static void noThreshold() {
    new Thresholds(
        OptionalDouble.empty(),
        Optional.empty(),
        Thresholds.USUAL_WINDOW,
        50,
        Thresholds.Response.ISOLATE);
  }

  private static RoutingPolicy routing(Duration timeout, Duration connectTimeout) {
    RoutingPolicy usual = RoutingPolicy.DEFAULT;
    return RoutingPolicy.of(usual.policy(), usual.host(), timeout, connectTimeout, usual.retries());
  }

  private static void tries(TryTimeout tryTimeout) {
    RoutingPolicy.DEFAULT.with(tryTimeout);
  }

  private static void hedged(Duration after) {
    RoutingPolicy usual = RoutingPolicy.DEFAULT;
    RoutingPolicy.of(
        usual.policy(),
        usual.host(),
        LIMIT,
        SECOND,
        usual.retries().with(new Hedging.After(after)));
  }

  private static void judged(Duration p99, Entrance entrance) {
    ServiceSpec usual = ServiceSpec.of("web", process(Optional.empty(), Optional.empty()));
    new ServiceSpec(
        usual.name(),
        usual.instances(),
        usual.process(),
        usual.restart(),
        usual.replace(),
        usual.hold(),
        usual.standby(),
        usual.exclusivity(),
        usual.stop(),
        new Health(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            SECOND,
            Optional.of(thresholds(0.2, p99, 50))),
        usual.dependsOn(),
        usual.placement(),
        usual.rollout(),
        usual.routing().with(entrance));
  }

  private static ProcessSpec process(Optional<String> directory, Optional<String> user) {
    return new ProcessSpec(
        List.of("web"), directory, Collections.emptyMap(), user, Collections.emptyList());
  }
}
