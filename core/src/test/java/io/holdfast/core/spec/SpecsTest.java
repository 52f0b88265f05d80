package io.holdfast.core.spec;

import static io.holdfast.core.fixture.WebSpec.web;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.holdfast.core.ServiceName;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A specification is valid on construction, or says which field is wrong and what was expected. */
final class SpecsTest {

  @Test
  void instancesAreZeroToTenThousand() {
    assertRefused("instances", () -> web().instances(-1).build());
    assertRefused("instances", () -> web().instances(10_001).build());
    assertThatCode(() -> web().instances(10_000).build()).doesNotThrowAnyException();
  }

  @Test
  void standbysComeOnTopOfInstancesButNotOfNone() {
    assertThat(web().instances(3).standby(2).build().slots()).isEqualTo(5);
    assertThat(web().instances(0).standby(2).build().slots()).isZero();
    assertRefused("count", () -> new StandbyPolicy(-1));
  }

  @Test
  void aServiceDependsOnOthersAndOnEachOnce() {
    ServiceName db = new ServiceName("db");

    assertRefused("dependsOn", () -> web().dependsOn(new ServiceName("web")).build());
    assertRefused("dependsOn", () -> web().dependsOn(db).dependsOn(db).build());
  }

  @Test
  void aProbeNamesAPortOfTheService() {
    assertRefused("health", () -> probing(new ProbeCheck.Tcp("admin")));
    assertRefused("health", () -> probing(new ProbeCheck.Http("/ready", "admin")));
    assertRefused("health", () -> probing(new ProbeCheck.Grpc("", "admin")));
    assertThatCode(() -> probing(new ProbeCheck.Grpc("", "http"))).doesNotThrowAnyException();
    assertThatCode(() -> probing(new ProbeCheck.Watchdog(Duration.ofSeconds(1))))
        .doesNotThrowAnyException();
    assertThatCode(() -> probing(new ProbeCheck.Tcp("http"))).doesNotThrowAnyException();
    assertThatCode(() -> probing(new ProbeCheck.Exec(List.of("check")))).doesNotThrowAnyException();
  }

  @Test
  void onlyTheProcessDecidesWhetherInstancesAreReplaced() {
    ServiceSpec spec = web().build();

    assertThat(web().program("bin/other").build().runsDifferently(spec)).isTrue();
    assertThat(web().fixedPort().build().runsDifferently(spec)).isTrue();
    assertThat(web().instances(9).standby(1).intensity(0).build().runsDifferently(spec)).isFalse();
    assertThat(web().host("shop.example.com").build().runsDifferently(spec)).isFalse();
  }

  @Test
  void aCommandBeginsWithAProgram() {
    assertRefused("command", () -> ProcessSpec.of());
    assertRefused("command", () -> ProcessSpec.of(" "));
    assertRefused("command", () -> ProcessSpec.of("web", "a\0b"));
    assertRefused(
        "command", () -> ProcessSpec.of(Collections.nCopies(1_025, "x").toArray(String[]::new)));
  }

  @Test
  void anEmptyArgumentAfterTheProgramIsFine() {
    assertThat(ProcessSpec.of("web", "").command()).containsExactly("web", "");
  }

  @Test
  void variablesHaveNamesWithoutEqualsSigns() {
    assertRefused("environment", () -> process(Map.of("A=B", "c")));
    assertRefused("environment", () -> process(Map.of(" ", "c")));
    assertRefused("environment", () -> process(Map.of("A", "c\0")));
    assertThatCode(() -> process(Map.of("A", ""))).doesNotThrowAnyException();
  }

  @Test
  void portsHaveTheirNamesAndNumbersOnce() {
    assertRefused("ports", () -> ports(PortSpec.auto("http"), PortSpec.fixed("http", 80)));
    assertRefused("ports", () -> ports(PortSpec.fixed("http", 80), PortSpec.fixed("admin", 80)));
    assertThatCode(() -> ports(PortSpec.auto("http"), PortSpec.auto("admin")))
        .doesNotThrowAnyException();
  }

  @Test
  void aPortIsOneToSixtyFiveThousand() {
    assertRefused("http", () -> PortSpec.fixed("http", 0));
    assertRefused("http", () -> PortSpec.fixed("http", 65_536));
    assertRefused("ports", () -> PortSpec.auto("HTTP"));
  }

  @Test
  void aPortIsGivenToTheProcessInAVariable() {
    assertThat(PortSpec.auto("http-admin").variable()).isEqualTo("PORT_HTTP_ADMIN");
  }

  @Test
  void onlyAFixedPortKeepsInstancesApart() {
    assertThat(ports(PortSpec.auto("http"), PortSpec.fixed("admin", 9)).hasFixedPort()).isTrue();
    assertThat(ports(PortSpec.auto("http")).hasFixedPort()).isFalse();
  }

  @Test
  void durationsArePositiveAndAtMostAYear() {
    assertRefused("retry", () -> new HoldPolicy(Duration.ZERO));
    assertRefused("retry", () -> new HoldPolicy(Duration.ofDays(366)));
    assertRefused("deadline", () -> new RolloutPolicy(0, Duration.ZERO, Duration.ZERO, true));
    assertRefused(
        "healthyFor", () -> new RolloutPolicy(0, Duration.ofMillis(-1), Duration.ofDays(1), true));
    assertThatCode(() -> new RolloutPolicy(0, Duration.ZERO, Duration.ofDays(1), true))
        .doesNotThrowAnyException();
  }

  @Test
  void aStopSignalIsOneOfAFew() {
    assertRefused("signal", () -> new StopPolicy("SIGTERM", Duration.ZERO));
    assertRefused("signal", () -> new StopPolicy("STOP", Duration.ZERO));
    assertThatCode(() -> new StopPolicy("QUIT", Duration.ZERO)).doesNotThrowAnyException();
  }

  @Test
  void anHttpProbeHasAPath() {
    assertRefused("http", () -> new ProbeCheck.Http("ready", "http"));
    assertRefused("http", () -> new ProbeCheck.Http("/re ady", "http"));
    assertRefused("exec", () -> new ProbeCheck.Exec(List.of()));
    assertRefused("grpc", () -> new ProbeCheck.Grpc("a b", "http"));
    assertRefused("watchdog", () -> new ProbeCheck.Watchdog(Duration.ZERO));
  }

  @Test
  void retriesAreBounded() {
    assertRefused("max", () -> new RetryPolicy(11, 0.2, 10));
    assertRefused("budget", () -> new RetryPolicy(2, Double.NaN, 10));
    assertRefused("minPerSecond", () -> new RetryPolicy(2, 0.2, -1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "-a", "a-", "a..b", "a_b", "http://a", "a:80", "ü.example"})
  void aHostIsAHostName(String host) {
    assertRefused("host", () -> web().host(host).build());
  }

  @Test
  void aHostIsKeptInLowerCase() {
    assertThat(web().host("Shop.Example.COM").build().routing().host())
        .hasValue("shop.example.com");
  }

  private static ServiceSpec probing(ProbeCheck check) {
    ServiceSpec web = web().build();
    Probe probe = new Probe(check, Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 1);
    return new ServiceSpec(
        web.name(),
        web.instances(),
        web.process(),
        web.restart(),
        web.replace(),
        web.hold(),
        web.standby(),
        web.exclusivity(),
        web.stop(),
        new Health(
            Optional.empty(), Optional.of(probe), Optional.empty(), Health.DEFAULT_START_DEADLINE),
        web.dependsOn(),
        web.placement(),
        web.rollout(),
        web.routing());
  }

  private static ProcessSpec process(Map<String, String> environment) {
    return new ProcessSpec(
        List.of("web"), Optional.empty(), environment, Optional.empty(), List.of());
  }

  private static ProcessSpec ports(PortSpec... ports) {
    return new ProcessSpec(
        List.of("web"), Optional.empty(), Map.of(), Optional.empty(), List.of(ports));
  }

  private static void assertRefused(String field, ThrowingCallable construction) {
    assertThatExceptionOfType(InvalidSpec.class)
        .isThrownBy(construction)
        .satisfies(invalid -> assertThat(invalid.field()).isEqualTo(field))
        .satisfies(invalid -> assertThat(invalid.expectation()).startsWith("expected "));
  }
}
