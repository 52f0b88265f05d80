package io.holdfast.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.CannotStart;
import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.Phase;
import io.holdfast.protocol.fixture.Authority;
import io.holdfast.protocol.fixture.CertificateRequest;
import io.holdfast.protocol.security.Access;
import io.holdfast.protocol.security.MutualTlsFiles;
import io.holdfast.protocol.security.SupervisorChannels;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Supervisors that know each other, and nobody else. */
final class SecuredClusterTest {

  private static final String WEB =
      "{kind: service, name: web, instances: 1, command: [web], ports: {http: auto}}";

  @TempDir Path data;

  @Test
  void threeMeetByTheirCertificatesAndActAsOne() throws Exception {
    Authority authority = Authority.in(data.resolve("ca"));
    MutualTlsFiles[] files = new MutualTlsFiles[3];
    for (int i = 0; i < 3; i++) {
      files[i] = authority.files("s" + i, authority.supervisor());
    }
    SupervisorChannels agent =
        SupervisorChannels.of(authority.access("agent", authority.member("agent")));
    try (Trio trio =
            Trio.started(
                data,
                TestPostgres.database().settings(),
                node -> new Access(Optional.of(files[node]), Optional.empty()));
        FakeAgent host = FakeAgent.connected(agent, trio.grpc(1), "node-a").beating()) {
      trio.admin(0).apply(WEB);
      InstanceId web = host.awaitLaunch();
      host.report(FakeAgent.alive(web, Phase.READY, 100, 20_001));
      for (int node : trio.nodes()) {
        trio.admin(node).awaitRoute("web", route -> route.size() == 1);
        assertThat(trio.admin(node).get("/v1/cluster").path("members")).hasSize(3);
      }
    }
  }

  @Test
  void aPeerOfAnotherCaAndOneInPlainTextStayOutside() throws Exception {
    Authority authority = Authority.in(data.resolve("ca"));
    Authority other = Authority.in(data.resolve("other"));
    Access known = authority.access("s", authority.supervisor());
    Access stranger = other.access("s", other.supervisor());
    Files.write(
        stranger.tls().orElseThrow().authorities(),
        Files.readAllBytes(known.tls().orElseThrow().authorities()),
        StandardOpenOption.APPEND);
    try (Trio trio =
            Trio.of(
                data, TestPostgres.database().settings(), node -> node == 2 ? stranger : known);
        LogLines log = LogLines.of(Refusals.class)) {
      trio.start(0, 1);
      try (Trio.Attempt _ = trio.attempt(2)) {
        log.await(
            "a supervisor is not let in: its certificate (CN=supervisor) is not from the CA in"
                + " --tls-ca");
      }
      try (Socket plain =
          new Socket(InetAddress.getLoopbackAddress(), trio.settings(0).cluster().getPort())) {
        plain.getOutputStream().write("AKKA\1 in plain text".getBytes(StandardCharsets.US_ASCII));
        plain.shutdownOutput();
        assertThat(plain.getInputStream().readAllBytes()).hasSizeLessThan(16);
      }
      assertThat(trio.admin(0).get("/v1/cluster").path("members")).hasSize(2);
    }
  }

  @Test
  void oneWhomNobodyCouldAcceptSaysSoInsteadOfTryingForEver() throws Exception {
    Authority authority = Authority.in(data.resolve("ca"));
    CertificateRequest here = CertificateRequest.of("supervisor").address("127.0.0.1");
    Instant past = Instant.parse("2020-01-01T00:00:00Z");
    Instant future = Instant.parse("2100-01-01T00:00:00Z");
    Authority other = Authority.in(data.resolve("other"));
    MutualTlsFiles foreign =
        new MutualTlsFiles(
            other.supervisor().in(data.resolve("foreign")),
            authority.files("known", authority.supervisor()).authorities());
    JournalSettings journal = TestPostgres.database().settings();

    assertRefused(
        authority.access("a", authority.issue(here.from(past))),
        journal,
        "(CN=supervisor) has expired at 2020-01-02T00:00:00Z");
    assertRefused(
        authority.access("b", authority.issue(here.from(future))),
        journal,
        "(CN=supervisor) is valid only from 2100-01-01T00:00:00Z on");
    assertRefused(
        authority.access("c", authority.issue(CertificateRequest.of("supervisor"))),
        journal,
        "(CN=supervisor) is for no host or address, not for 127.0.0.1");
    assertRefused(
        authority.access("d", authority.issue(here.forClients())),
        journal,
        "(CN=supervisor) is refused: Extended key usage");
    assertRefused(
        new Access(Optional.of(foreign), Optional.empty()),
        journal,
        "(CN=supervisor) is not from the CA in --tls-ca");
  }

  private void assertRefused(Access access, JournalSettings journal, String why) throws Exception {
    Trio trio = Trio.of(data, journal, _ -> access);
    assertThatThrownBy(() -> Supervisor.start(trio.settings(0)))
        .isInstanceOf(CannotStart.class)
        .hasMessageStartingWith(
            "--tls-cert cannot be used, no other supervisor with this --tls-ca would accept it:"
                + " its certificate ")
        .hasMessageContaining(why);
  }

  @Test
  void aLoneSupervisorWhomNoAgentCouldAcceptSaysSo() throws Exception {
    Authority authority = Authority.in(data.resolve("ca"));
    Access expired =
        authority.access(
            "s",
            authority.issue(
                CertificateRequest.of("s").from(Instant.parse("2020-01-01T00:00:00Z"))));
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    SupervisorSettings settings =
        new SupervisorSettings(
            free, free, free, Seeds.NONE, data, new JournalSettings.Embedded(), expired);

    assertThatThrownBy(() -> Supervisor.start(settings))
        .isInstanceOf(CannotStart.class)
        .hasMessageStartingWith("--tls-cert cannot be used, nobody would accept it: ")
        .hasMessageContaining("(CN=s) has expired at 2020-01-02T00:00:00Z");
  }

  @Test
  void anAgentWithoutTheTokenIsNotKnownAtAll() throws Exception {
    Path file = data.resolve("token");
    Files.writeString(file, "the-only-token-of-24-chars");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Access token = new Access(Optional.empty(), Optional.of(file));
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    SupervisorSettings settings =
        new SupervisorSettings(
            free, free, free, Seeds.NONE, data, new JournalSettings.Embedded(), token);
    try (Supervisor supervisor = Supervisor.start(settings);
        AdminClient admin = new AdminClient(supervisor.httpAddress());
        FakeAgent stranger = FakeAgent.introduced(supervisor.grpcAddress(), "stranger")) {
      assertThat(stranger.awaitEnd())
          .isEqualTo("it asks for a join token; this end presents none (--join-token)");
      try (FakeAgent _ =
          FakeAgent.connected(SupervisorChannels.of(token), supervisor.grpcAddress(), "known")
              .beating()) {
        assertThat(admin.await("/v1/nodes", nodes -> !nodes.isEmpty()).findValuesAsText("id"))
            .containsExactly("known");
      }
    }
  }
}
