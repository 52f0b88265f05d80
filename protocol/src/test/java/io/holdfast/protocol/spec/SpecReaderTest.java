package io.holdfast.protocol.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.core.ServiceName;
import io.holdfast.core.spec.BackoffPolicy;
import io.holdfast.core.spec.BalancingPolicy;
import io.holdfast.core.spec.Dependency;
import io.holdfast.core.spec.Entrance;
import io.holdfast.core.spec.Exclusivity;
import io.holdfast.core.spec.PortSpec;
import io.holdfast.core.spec.Probe;
import io.holdfast.core.spec.ProbeCheck;
import io.holdfast.core.spec.ProcessSpec;
import io.holdfast.core.spec.ReplacePolicy;
import io.holdfast.core.spec.RestartType;
import io.holdfast.core.spec.RolloutPolicy;
import io.holdfast.core.spec.ServiceSpec;
import io.holdfast.core.spec.Spec;
import io.holdfast.core.spec.Strategy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SpecReaderTest {

  @Test
  void aNameAndACommandAreEnoughAndEverythingElseIsTheDefault() {
    assertThat(one("name: web\ncommand: [bin/web, --fast]"))
        .isEqualTo(ServiceSpec.of("web", ProcessSpec.of("bin/web", "--fast")));
  }

  @Test
  void everyKeyOfThisReleaseIsRead() {
    ServiceSpec spec =
        one(
            """
            kind: service
            name: checkout
            instances: 3
            command: ["bin/checkout", "--port", "${PORT}"]
            directory: /srv/checkout
            environment: {LOG_LEVEL: info, WORKERS: 4, DEBUG: false}
            user: checkout
            ports: {http: auto, admin: 9100}
            restart:
              type: transient
              strategy: rest-for-one
              intensity: 7
              period: 2m
              backoff: {initial: 200ms, factor: 3, max: 1m, jitter: 0.1, reset: 2m}
            replace: {limit: 1, period: 5m, remember: 1h}
            hold: {retry: 1h}
            standby: {count: 1, mode: warm}
            stop: {signal: INT, grace: 0s}
            health:
              startup:   {http: /health, port: admin, deadline: 45s}
              readiness: {http: /ready, interval: 1.5s}
              liveness:  {tcp: http, failures: 4}
            dependsOn:
              - {service: db, condition: started, onRestart: restart}
              - service: queue
            exclusive: false
            lease: 45s
            placement: {require: {disk: ssd}, prefer: {zone: a}}
            rollout: {canary: 1, healthyFor: 1s, deadline: 1m, autoRevert: false}
            routing:
              policy: least-request
              host: checkout.example.com
              timeout: 3s
              connectTimeout: 100ms
              retries: {max: 1, budget: 0.5, minPerSecond: 3}
            """);

    assertThat(spec.instances()).isEqualTo(3);
    assertThat(spec.process().environment())
        .isEqualTo(Map.of("LOG_LEVEL", "info", "WORKERS", "4", "DEBUG", "false"));
    assertThat(spec.process().ports())
        .containsExactly(PortSpec.auto("http"), PortSpec.fixed("admin", 9100));
    assertThat(spec.process().user()).contains("checkout");
    assertThat(spec.restart().type()).isEqualTo(RestartType.TRANSIENT);
    assertThat(spec.restart().strategy()).isEqualTo(Strategy.REST_FOR_ONE);
    assertThat(spec.replace())
        .isEqualTo(new ReplacePolicy(1, Duration.ofMinutes(5), Duration.ofHours(1)));
    assertThat(spec.exclusivity()).isEqualTo(new Exclusivity(false, Duration.ofSeconds(45)));
    assertThat(spec.restart().backoff())
        .isEqualTo(
            new BackoffPolicy(
                Duration.ofMillis(200), 3, Duration.ofMinutes(1), 0.1, Duration.ofMinutes(2)));
    assertThat(spec.hold().retry()).isEqualTo(Duration.ofHours(1));
    assertThat(spec.standby().count()).isEqualTo(1);
    assertThat(spec.stop().grace()).isZero();
    assertThat(spec.dependsOn())
        .containsExactly(
            new Dependency(
                new ServiceName("db"), Dependency.Condition.STARTED, Dependency.OnRestart.RESTART),
            new Dependency(
                new ServiceName("queue"), Dependency.Condition.READY, Dependency.OnRestart.NONE));
    assertThat(spec.placement().require()).isEqualTo(Map.of("disk", "ssd"));
    assertThat(spec.rollout())
        .isEqualTo(new RolloutPolicy(1, Duration.ofSeconds(1), Duration.ofMinutes(1), false));
    assertThat(spec.routing().policy()).isEqualTo(BalancingPolicy.LEAST_REQUEST);
    assertThat(spec.routing().retries().max()).isEqualTo(1);
  }

  @Test
  void aProbeTakesTheDefaultsOfItsKindAndTheFirstPort() {
    ServiceSpec spec =
        one(
            """
            name: web
            command: [web]
            ports: {http: auto, admin: auto}
            health:
              startup: {http: /health}
              readiness: {http: /ready}
              liveness: {exec: [check, 1]}
            """);

    assertThat(spec.health().startup())
        .contains(
            new Probe(
                new ProbeCheck.Http("/health", "http"),
                Duration.ofMillis(200),
                Duration.ofSeconds(1),
                1,
                1));
    assertThat(spec.health().readiness())
        .contains(
            new Probe(
                new ProbeCheck.Http("/ready", "http"),
                Duration.ofSeconds(1),
                Duration.ofMillis(500),
                2,
                1));
    assertThat(spec.health().liveness())
        .contains(
            new Probe(
                new ProbeCheck.Exec(List.of("check", "1")),
                Duration.ofSeconds(1),
                Duration.ofMillis(500),
                3,
                1));
    assertThat(spec.health().startDeadline()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void aGrpcProbeAsksTheFirstPortOrAnother() {
    ServiceSpec spec =
        one(
            """
            name: web
            command: [web]
            ports: {http: auto, grpc: auto}
            health:
              readiness: {grpc: shop.v1.Cart, port: grpc}
              liveness: {grpc: ""}
            """);

    assertThat(spec.health().readiness().orElseThrow().check())
        .isEqualTo(new ProbeCheck.Grpc("shop.v1.Cart", "grpc"));
    assertThat(spec.health().liveness().orElseThrow().check())
        .isEqualTo(new ProbeCheck.Grpc("", "http"));
  }

  @Test
  void aWatchdogNeedsNoSecondMissUnlessItIsAskedFor() {
    ServiceSpec spec =
        one(
            """
            name: web
            command: [web]
            health:
              startup: {watchdog: 10s, deadline: 1m}
              readiness: {watchdog: 3s}
              liveness: {watchdog: 5s, failures: 2}
            """);

    Probe readiness = spec.health().readiness().orElseThrow();
    assertThat(readiness.check()).isEqualTo(new ProbeCheck.Watchdog(Duration.ofSeconds(3)));
    assertThat(readiness.failures()).isEqualTo(1);
    assertThat(spec.health().liveness().orElseThrow().failures()).isEqualTo(2);
    assertThat(spec.health().startDeadline()).isEqualTo(Duration.ofMinutes(1));
    assertThat(spec.health().longestSilence()).contains(Duration.ofSeconds(3));
    assertThat(spec.health().hasWatchdog()).isTrue();
  }

  @Test
  void theTimeToBecomeReadyCanBeLimitedWithoutAStartupProbe() {
    ServiceSpec spec = one("name: web\ncommand: [web]\nhealth: {startup: {deadline: 5m}}");

    assertThat(spec.health().startup()).isEmpty();
    assertThat(spec.health().startDeadline()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void whatThisReleaseCannotDoYetIsAcceptedWhereItSaysWhatIsDoneAnyway() {
    ServiceSpec spec =
        one(
            """
            kind: service
            name: web
            command: [web]
            ports: {http: auto}
            standby: {mode: warm}
            placement: {spread: node}
            rollout: {maxSurge: 1, maxUnavailable: 0, canary: 0, autoRevert: true}
            routing:
              mode: http
            """);

    assertThat(spec.standby().count()).isZero();
  }

  @Test
  void aShortDeadlineLeavesTimeToBecomeReady() {
    String web = "name: web\ncommand: [web]\n";

    assertThat(one(web + "rollout: {deadline: 3s}").rollout().healthyFor())
        .isEqualTo(Duration.ofMillis(1500));
    assertThat(one(web + "rollout: {deadline: 10s}").rollout().healthyFor())
        .isEqualTo(Duration.ofSeconds(5));
    assertThat(one(web + "rollout: {deadline: 3s, healthyFor: 3s}").rollout().healthyFor())
        .isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void aServiceMayHaveAPortOfItsOwn() {
    String web = "name: web\ncommand: [web]\n";

    assertThat(one(web).routing().entrance()).isEqualTo(Entrance.shared());
    assertThat(one(web + "routing: {listen: 9080}").routing().entrance())
        .isEqualTo(new Entrance.Own(9080, Entrance.Mode.HTTP));
    assertThat(one(web + "routing: {listen: 9080, mode: tcp}").routing().entrance())
        .isEqualTo(new Entrance.Own(9080, Entrance.Mode.TCP));
  }

  @Test
  void anExclusiveServiceHasALeaseOfThirtySecondsUnlessItSaysOtherwise() {
    String exclusive = "name: web\ncommand: [web]\nexclusive: true\n";

    assertThat(one(exclusive).exclusivity())
        .isEqualTo(new Exclusivity(true, Duration.ofSeconds(30)));
    assertThat(one(exclusive + "lease: 2s\nstandby: {count: 0}").exclusivity())
        .isEqualTo(new Exclusivity(true, Duration.ofSeconds(2)));
  }

  @Test
  void severalDocumentsAreReadInTheirOrderAndEmptyOnesSkipped() {
    assertThat(
            specs("---\n# nothing\n---\nname: b\ncommand: [b]\n---\nname: a\ncommand: [a]\n---\n"))
        .extracting(Spec::title)
        .containsExactly("b", "a");
  }

  @Test
  void jsonIsReadToo() {
    ServiceSpec web = ServiceSpec.of("web", ProcessSpec.of("a/b", "\t\u007f"));

    assertThat(one("{\n\t\"name\":\t\"web\",\"command\":[\"a\\/b\", \"\\t\u007f\"]\n}"))
        .isEqualTo(web);
    assertThat(one("{name: web, command: [web]}").name()).isEqualTo(web.name());
  }

  @Test
  void aJsonListAndJsonAfterJsonAreSeveralDocuments() {
    String a = "{\"name\": \"a\", \"command\": [\"a\"]}";
    String b = "{\"name\": \"b\", \"command\": [\"b\"]}";

    assertThat(specs("[" + a + "," + b + "]")).hasSize(2);
    assertThat(specs(a + "\n" + b)).hasSize(2);
    assertThat(specs(a + "\n---\n" + b)).hasSize(2);
  }

  @Test
  void anAliasStandsForWhatItNames() {
    ServiceSpec spec =
        one(
            """
            name: web
            command: [web]
            ports: {http: auto}
            health:
              readiness: &probe {http: /ready}
              liveness: *probe
            """);

    assertThat(spec.health().liveness().orElseThrow().check())
        .isEqualTo(new ProbeCheck.Http("/ready", "http"));
  }

  @Test
  void readOneRefusesAnythingButOneValidSpecification() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpecReader.readOne("name: a\ncommand: [a]\n---\nname: b\ncommand: [b]"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpecReader.readOne("name: a"))
        .withMessageContaining("line 1: command: expected");
  }

  private static ServiceSpec one(String text) {
    return SpecReader.readOne(text);
  }

  private static List<Spec> specs(String text) {
    return switch (SpecReader.read(text)) {
      case SpecReading.Valid(List<Spec> specs) -> specs;
      case SpecReading.Invalid(List<SpecProblem> problems) ->
          throw new AssertionError("expected a valid text, got " + problems);
    };
  }
}
