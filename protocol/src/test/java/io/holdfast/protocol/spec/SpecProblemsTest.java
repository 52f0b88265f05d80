package io.holdfast.protocol.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.spec.Spec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SpecProblemsTest {

  @Test
  void everyProblemOfATextIsToldWithItsLine() {
    assertThat(
            problems(
                """
                name: web
                command: echo hi
                instances: many
                restart:
                  intensity: -1
                  period: 0s
                health:
                  readiness:
                    http: ready
                    port: nope
                    interval: abc
                    intervall: 1s
                ports:
                  http: auto
                  big: 70000
                ---
                name: web
                comand: [web]
                """))
        .containsExactly(
            "line 2: command: expected a list, got 'echo hi'",
            "line 3: instances: expected a whole number, got 'many'",
            "line 5: restart.intensity: expected 0 to 1000000, got -1",
            "line 6: restart.period: expected a duration above 0 and at most 365d",
            "line 9: health.readiness.http: expected a path that begins with / and has no blanks",
            "line 10: health.readiness.port: expected the name of one of the service's ports,"
                + " got 'nope'; there are http, big",
            "line 11: health.readiness.interval: expected a duration like 200ms, 5s or 1m,"
                + " got 'abc'",
            "line 12: health.readiness.intervall: unknown key, expected one of http, port, tcp,"
                + " exec, grpc, watchdog, interval, timeout, failures, successes; did you mean"
                + " interval?",
            "line 15: ports.big: expected 1 to 65535, got 70000",
            "line 17: command: expected a list that begins with the program to run, it is missing",
            "line 17: name: expected each service once, 'web' is on line 1 already",
            "line 18: comand: unknown key, expected one of kind, name, instances, command,"
                + " directory, environment, user, ports, resources, restart, replace, hold,"
                + " standby, exclusive, lease, stop, health, dependsOn, placement, rollout,"
                + " routing; did you mean command?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kind: servise | line 3: kind: expected one of service, group, got 'servise'; did you mean"
            + " service?",
        "kind: | line 3: kind: expected one of service, group, got nothing",
        "instances: 10001 | line 3: instances: expected 0 to 10000, got 10001",
        "instances: '3' | line 3: instances: expected a whole number, got the text '3'",
        "instances: 010 | line 3: instances: expected a whole number, got '010'",
        "instances: | line 3: instances: expected a whole number, got nothing",
        "instances: [1] | line 3: instances: expected a whole number, got a list",
        "ports: 80 | line 3: ports: expected a mapping, got '80'",
        "ports: {HTTP: 80} | line 3: ports.HTTP: expected names like [a-z][a-z0-9-]{0,31}, got"
            + " 'HTTP'",
        "ports: {a: 80, b: 80} | line 3: ports: expected each number once, got 80 twice",
        "ports: {a: any} | line 3: ports.a: expected auto or a port number, got 'any'",
        "environment: {a=b: c} | line 3: environment.a=b: expected names without '=', got 'a=b'",
        "environment: {A: [b]} | line 3: environment.A: expected text, got a list",
        "restart: {type: permanant} | line 3: restart.type: expected one of permanent, transient,"
            + " temporary, got 'permanant'; did you mean permanent?",
        "restart: {strategy: one-for-two} | line 3: restart.strategy: expected one of one-for-one,"
            + " one-for-all, rest-for-one, got 'one-for-two'; did you mean one-for-one?",
        "replace: {limit: 1001} | line 3: replace.limit: expected 0 to 1000, got 1001",
        "replace: {period: 0s} | line 3: replace.period: expected a duration above 0 and at most"
            + " 365d",
        "replace: {remember: 10} | line 3: replace.remember: expected a duration like 200ms, 5s or"
            + " 1m, got '10'",
        "replace: {for: 1m} | line 3: replace.for: unknown key, expected one of limit, period,"
            + " remember",
        "exclusive: 'true' | line 3: exclusive: expected true or false, got the text 'true'",
        "exclusive: yes | line 3: exclusive: expected true or false, got 'yes'",
        "lease: 1s | line 3: lease: expected a duration from 2s to 1h",
        "lease: 61m | line 3: lease: expected a duration from 2s to 1h",
        "lease: long | line 3: lease: expected a duration like 200ms, 5s or 1m, got 'long'",
        "restart: {backoff: {initial: 1m}} | line 3: restart.backoff.max: expected at least the"
            + " initial wait",
        "stop: {signal: STOP} | line 3: stop.signal: expected TERM, INT, QUIT, HUP, USR1, USR2 or"
            + " KILL",
        "stop: {grace: 5} | line 3: stop.grace: expected a duration like 200ms, 5s or 1m, got '5'",
        "hold: {retry: 400d} | line 3: hold.retry: expected a duration above 0 and at most 365d",
        "dependsOn: [db] | line 3: dependsOn[0]: expected a mapping, got 'db'",
        "dependsOn: [{service: web}] | line 3: dependsOn[0].service: expected other services, each"
            + " once, got 'web'",
        "dependsOn: [{}] | line 3: dependsOn[0].service: expected the name of a service, it is"
            + " missing",
        "dependsOn: [{service: db, onRestart: stop}] | line 3: dependsOn[0].onRestart: expected one"
            + " of none, restart, got 'stop'",
        "health: {liveness: {}} | line 3: health.liveness: expected one of http, tcp, exec, grpc,"
            + " watchdog",
        "health: {liveness: {watchdog: 0s}} | line 3: health.liveness.watchdog: expected a duration"
            + " above 0 and at most 365d",
        "health: {liveness: {watchdog: true}} | line 3: health.liveness.watchdog: expected a"
            + " duration like 200ms, 5s or 1m, got 'true'",
        "health: {liveness: {watchdog: 2s, interval: 1s}} | line 3: health.liveness.interval:"
            + " expected none with watchdog, where the service sets the rhythm",
        "health: {liveness: {grpc: ''}} | line 3: health.liveness.grpc: expected a port in the"
            + " service's ports, which are missing",
        "health: {liveness: {http: /}} | line 3: health.liveness.http: expected a port in the"
            + " service's ports, which are missing",
        "health: {startup: {deadline: 0s}} | line 3: health.startup.deadline: expected a duration"
            + " above 0 and at most 365d",
        "health: {thresholds: {window: 10s}} | line 3: health.thresholds.errorRate: expected"
            + " errorRate, p99 or both",
        "health: {thresholds: {p99: 2m}} | line 3: health.thresholds.p99: expected a duration from"
            + " 1ms to 1m",
        "health: {thresholds: {errorRate: high}} | line 3: health.thresholds.errorRate: expected a"
            + " number, got 'high'",
        "health: {thresholds: {p99: 6s}} | line 3: health.thresholds.p99: expected at most"
            + " routing.timeout (5s), by which every request is over",
        "health: {thresholds: {errorRate: 0.2, minRequests: 99999999999}} | line 3:"
            + " health.thresholds.minRequests: expected 10 to 1000000",
        "health: {thresholds: {errorRate: 0.2, minRequests: 1000001}} | line 3:"
            + " health.thresholds.minRequests: expected 10 to 1000000, got 1000001",
        "instances: -1000000000000 | line 3: instances: expected 0 to 10000",
        "routing: {retries: {hedge: 5s}} | line 3: routing.retries.hedge: expected less than"
            + " timeout (5s), by which the request is over",
        "routing: {timeout: 800ms, tryTimeout: 801ms} | line 3: routing.tryTimeout: expected at"
            + " most timeout (800ms), which is for all tries together",
        "routing: {listen: 99999999999} | line 3: routing.listen: expected 1 to 65535",
        "routing: {host: a b} | line 3: routing.host: expected a host name, got 'a b'",
        "routing: {retries: {budget: 2}} | line 3: routing.retries.budget: expected 0.0 to 1.0, got"
            + " 2.0",
        "routing: {retries: {on: [reset]}} | line 3: routing.retries.on: expected connect among"
            + " them, which is always tried again",
        "routing: {retries: {on: [connect, 4xx]}} | line 3: routing.retries.on[1]: expected one of"
            + " connect, reset, timeout, 5xx, got '4xx'",
        "routing: {tryTimeout: soon} | line 3: routing.tryTimeout: expected auto or a duration, got"
            + " 'soon'",
        "routing: {tryTimeout: 0s} | line 3: routing.tryTimeout: expected a duration above 0 and at"
            + " most 365d",
        "routing: {outlier: {failureRate: 2}} | line 3: routing.outlier.failureRate: expected 0.01"
            + " to 1.0, got 2.0",
        "routing: {outlier: {baseEjection: 2m}} | line 3: routing.outlier.maxEjection: expected at"
            + " least baseEjection",
        "routing: {policy: maglow} | line 3: routing.policy: expected one of p2c-ewma,"
            + " least-request, round-robin, weighted, maglev, random, got 'maglow'; did you mean"
            + " maglev?",
        "routing: {listen: 0} | line 3: routing.listen: expected 1 to 65535, got 0",
        "routing: {listen: 65536} | line 3: routing.listen: expected 1 to 65535, got 65536",
        "routing: {listen: high, mode: tcp} | line 3: routing.listen: expected a whole number, got"
            + " 'high'",
        "routing: {mode: tcp} | line 3: routing.mode: expected a port of its own (listen) with tcp",
        "routing: {mode: udp} | line 3: routing.mode: expected one of http, tcp, got 'udp'",
        "user: ' ' | line 3: user: expected text that is not blank",
        "resources: {memory: 1GB} | line 3: resources.memory: expected a size like 256Mi, 1.5G or"
            + " a number of bytes, got '1GB'",
        "resources: {memory: 0.3Ki} | line 3: resources.memory: expected a size like 256Mi, 1.5G or"
            + " a number of bytes, got '0.3Ki'",
        "resources: {memory: 1000} | line 3: resources.memory: expected a size from 1Mi to 1Pi",
        "resources: {cpu: 5m} | line 3: resources.cpu: expected processors from 10m to 1000",
        "resources: {cpu: half} | line 3: resources.cpu: expected processors like 500m, 2 or 1.5,"
            + " got 'half'",
        "resources: {processes: 0} | line 3: resources.processes: expected 1 to 4194304, got 0",
        "resources: {ram: 1Gi} | line 3: resources.ram: unknown key, expected one of memory, cpu,"
            + " processes",
        "rollout: {healthyFor: 10s, deadline: 5s} | line 3: rollout.healthyFor: expected at most"
            + " rollout.deadline (5s), by which a new instance has to have been ready for so long,"
            + " got 10s",
        "placement: {require: {'': ssd}} | line 3: placement.require: expected names of labels that"
            + " are not blank",
        "placement: {prefer: {' ': ssd}} | line 3: placement.prefer: expected names of labels that"
            + " are not blank",
        "name: again | line 3: name: expected each key once, it is on line 1 already",
      })
  void aWrongValueIsToldWithWhatWasExpected(String line, String problem) {
    assertThat(problems("name: web\ncommand: [web]\n" + line)).containsExactly(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "standby: {mode: cold} | line 3: standby.mode: not supported by this release; expected"
            + " warm or nothing",
        "rollout: {maxSurge: 2} | line 3: rollout.maxSurge: not supported by this release; expected"
            + " 1 or nothing",
      })
  void whatThisReleaseCannotDoYetIsRefused(String line, String problem) {
    assertThat(problems("name: web\ncommand: [web]\n" + line)).containsExactly(problem);
  }

  @Test
  void whatIsWrongOnlyTogetherIsToldWhereItIsWrittenAndWithTheRest() {
    assertThat(
            problems(
                """
                name: web
                command: [web]
                health:
                  thresholds:
                    errorRate: 0.2
                    p99: 1s
                routing:
                  listen: 9080
                  mode: tcp
                  retries:
                    max: 1
                    hedge: 1m
                placement: 3
                """))
        .containsExactly(
            "line 6: health.thresholds.p99: expected none with routing.mode tcp, where gateways see"
                + " no requests; errorRate is of connections",
            "line 12: routing.retries.hedge: expected less than timeout (5s), by which the request"
                + " is over",
            "line 13: placement: expected a mapping, got '3'");
  }

  @Test
  void anExclusiveServiceHasNoStandbyAndItsOtherProblemsAreToldAsWell() {
    assertThat(
            problems(
                """
                name: web
                command: [web]
                exclusive: true
                lease: 2h
                standby:
                  count: 1
                placement: 3
                """))
        .containsExactly(
            "line 4: lease: expected a duration from 2s to 1h",
            "line 5: standby: expected none with exclusive: a standby is a second copy",
            "line 7: placement: expected a mapping, got '3'");
  }

  @Test
  void canariesForWhichNobodyWaitsAreRefused() {
    assertThat(
            problems(
                """
                name: web
                command: [web]
                instances: 2
                standby: {count: 1}
                rollout:
                  canary: 3
                """))
        .containsExactly(
            "line 6: rollout.canary: expected fewer than there are instances (3, standbys"
                + " included), because the others wait while these are watched, got 3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "instances: 2\nrollout: {canary: 1}",
        "instances: 1\nrollout: {canary: 1}",
        "instances: 0\nrollout: {canary: 1}",
        "instances: 2\nstandby: {count: 1}\nrollout: {canary: 2}",
        "rollout: {healthyFor: 5s, deadline: 5s}",
        "rollout: {deadline: 2s}",
      })
  void whatCanStillDoWhatItIsForIsAccepted(String text) {
    assertThat(SpecReader.read("name: web\ncommand: [web]\n" + text))
        .isInstanceOf(SpecReading.Valid.class);
  }

  /** What was recorded before it was refused has to be read for ever. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"rollout\": {\"healthyFor\": \"10s\", \"deadline\": \"5s\"}",
        "\"instances\": 2, \"rollout\": {\"canary\": 2}",
        "\"placement\": {\"require\": {\"\": \"ssd\"}}",
      })
  void whatIsHopelessIsStillReadWhereItIsRecorded(String part) {
    String recorded = "{\"name\": \"web\", \"command\": [\"web\"], " + part + "}";

    assertThat(SpecReader.read(recorded)).isInstanceOf(SpecReading.Invalid.class);
    assertThat(SpecReader.readOne(recorded).title()).isEqualTo("web");
  }

  private static List<String> problems(String text) {
    return switch (SpecReader.read(text)) {
      case SpecReading.Valid(List<Spec> specs) ->
          throw new AssertionError("expected problems, got " + specs);
      case SpecReading.Invalid(List<SpecProblem> problems) ->
          problems.stream().map(SpecProblem::toString).toList();
    };
  }
}
