package io.holdfast.supervisor;

import static io.holdfast.supervisor.Visitor.LET_IN;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.protocol.fixture.Authority;
import io.holdfast.protocol.fixture.Certificate;
import io.holdfast.protocol.fixture.CertificateRequest;
import io.holdfast.protocol.security.Access;
import io.holdfast.protocol.security.MutualTlsFiles;
import io.holdfast.protocol.security.Renewed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The port of agents and view subscribers lets in whom it can know, and tells the others why. */
final class EntranceTest {

  private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

  @TempDir Path data;
  private Authority authority;

  @BeforeEach
  void certify() throws Exception {
    authority = Authority.in(data.resolve("ca"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void whoeverHasACertificateOfTheCaIsLetIn(String algorithm) throws Exception {
    Certificate supervisor =
        authority.issue(CertificateRequest.of("s").address("127.0.0.1"), algorithm);
    Certificate agent = authority.issue(CertificateRequest.of("a"), algorithm);
    try (SecuredPort port = SecuredPort.with(authority.access("s", supervisor))) {
      assertThat(Visitor.with(authority.access("a", agent)).visits(port.address()))
          .isEqualTo(LET_IN);
    }
  }

  @Test
  void aVisitorOfAnotherCaIsRefusedAndTheSupervisorSaysWhyOnce() throws Exception {
    Authority other = Authority.in(data.resolve("other"));
    Access stranger =
        new Access(
            Optional.of(
                new MutualTlsFiles(
                    other.member("stranger").in(data.resolve("stranger")),
                    authority.files("s", authority.supervisor()).authorities())),
            Optional.empty());
    try (LogLines log = LogLines.of(Refusals.class);
        SecuredPort port = SecuredPort.with(authority.access("s", authority.supervisor()))) {
      for (int i = 0; i < 3; i++) {
        assertThat(Visitor.with(stranger).visits(port.address()))
            .startsWith("it refuses the certificate of this end, its log says why");
      }
      assertThat(log.all())
          .containsExactly(
              "an agent or a gateway is not let in: its certificate (CN=stranger) is not from the"
                  + " CA in --tls-ca");
    }
  }

  @Test
  void aSupervisorOfAnotherCaIsNotBelieved() throws Exception {
    Authority other = Authority.in(data.resolve("other"));
    try (SecuredPort port = SecuredPort.with(other.access("s", other.supervisor()))) {
      assertThat(Visitor.with(authority.access("a", authority.member("a"))).visits(port.address()))
          .isEqualTo("its certificate (CN=supervisor) is not from the CA in --tls-ca");
    }
  }

  @Test
  void aCertificateThatHasExpiredIsNamedAsSuchOnEitherSide() throws Exception {
    Certificate supervisor =
        authority.issue(CertificateRequest.of("s").address("127.0.0.1").from(LONG_AGO));
    Certificate agent = authority.issue(CertificateRequest.of("a").from(LONG_AGO));
    try (SecuredPort expired = SecuredPort.with(authority.access("s", supervisor));
        SecuredPort port = SecuredPort.with(authority.access("s2", authority.supervisor()))) {
      assertThat(Visitor.with(authority.access("a", agent)).visits(port.address()))
          .startsWith("the certificate of this end has expired at 2020-01-02");
      assertThat(
              Visitor.with(authority.access("b", authority.member("b"))).visits(expired.address()))
          .startsWith("its certificate (CN=s) has expired at 2020-01-02");
    }
  }

  @Test
  void aSupervisorMustBearTheHostThatWasAskedFor() throws Exception {
    Certificate elsewhere =
        authority.issue(CertificateRequest.of("s").host("s1.example.com").address("10.9.9.9"));
    try (SecuredPort port = SecuredPort.with(authority.access("s", elsewhere))) {
      assertThat(Visitor.with(authority.access("a", authority.member("a"))).visits(port.address()))
          .isEqualTo(
              "its certificate (CN=s) is for s1.example.com, 10.9.9.9, not for "
                  + port.address().getHostString());
    }
  }

  @Test
  void whatAnAgentWasGivenProvesNoSupervisor() throws Exception {
    Certificate agent =
        authority.issue(CertificateRequest.of("a").forClients().address("127.0.0.1"));
    try (SecuredPort port = SecuredPort.with(authority.access("s", agent))) {
      assertThat(Visitor.with(authority.access("a", authority.member("b"))).visits(port.address()))
          .startsWith("its certificate (CN=a) is refused: Extended key usage");
    }
  }

  @Test
  void plainTextAndTlsDoNotUnderstandEachOtherAndSaySo() throws Exception {
    try (SecuredPort port = SecuredPort.with(authority.access("s", authority.supervisor()));
        SecuredPort plain = SecuredPort.with(Access.OPEN)) {
      assertThat(Visitor.with(Access.OPEN).visits(port.address()))
          .startsWith("it gives no answer in plain text; if it runs with TLS");
      assertThat(Visitor.with(authority.access("a", authority.member("a"))).visits(plain.address()))
          .isEqualTo("it does not speak TLS: it runs without --tls-cert, --tls-key and --tls-ca");
    }
  }

  @Test
  void newFilesAreTakenOverForNewConnectionsOnBothSides() throws Exception {
    Access supervisor = authority.access("s", authority.supervisor());
    Access agent = authority.access("a", authority.member("a"));
    Visitor visitor = Visitor.with(agent);
    Authority next = Authority.in(data.resolve("next"));
    try (SecuredPort port = SecuredPort.with(supervisor)) {
      assertThat(visitor.visits(port.address())).isEqualTo(LET_IN);

      replace(supervisor, next.access("s", next.supervisor()));
      awaitVisit(visitor, port, "its certificate (CN=supervisor) is not from the CA in --tls-ca");

      replace(agent, next.access("a", next.member("a")));
      awaitVisit(visitor, port, LET_IN);
    }
  }

  @Test
  void filesThatDoNotBelongTogetherChangeNothing() throws Exception {
    Access supervisor = authority.access("s", authority.supervisor());
    Visitor visitor = Visitor.with(authority.access("a", authority.member("a")));
    try (LogLines log = LogLines.of(Renewed.class);
        SecuredPort port = SecuredPort.with(supervisor)) {
      Files.writeString(
          supervisor.tls().orElseThrow().own().key(), authority.supervisor().keyPem());
      while (log.all().isEmpty()) {
        assertThat(visitor.visits(port.address())).isEqualTo(LET_IN);
      }
      assertThat(visitor.visits(port.address())).isEqualTo(LET_IN);
      assertThat(log.all().getFirst())
          .isEqualTo(
              "the TLS certificate for agents and gateways in use stays: --tls-key does not belong"
                  + " to the first certificate of --tls-cert");
    }
  }

  @Test
  void aTokenIsAskedForWhereThereIsOne() throws Exception {
    Access tokens = token("tokens", "an-old-token-of-24-chars\n\nthe-new-token-of-24-char\n");
    try (SecuredPort port = SecuredPort.with(tokens)) {
      assertThat(Visitor.with(Access.OPEN).visits(port.address()))
          .isEqualTo("it asks for a join token; this end presents none (--join-token)");
      assertThat(visit(port, "a-wrong-token-of-24-char"))
          .isEqualTo("it asks for a join token; this end presents another one (--join-token)");
      assertThat(visit(port, "an-old-token-of-24-chars")).isEqualTo(LET_IN);
      assertThat(visit(port, "the-new-token-of-24-char")).isEqualTo(LET_IN);

      token("tokens", "the-new-token-of-24-char\n");
      Visitor old = Visitor.with(token("old", "an-old-token-of-24-chars"));
      awaitVisit(
          old, port, "it asks for a join token; this end presents another one (--join-token)");
      assertThat(visit(port, "the-new-token-of-24-char")).isEqualTo(LET_IN);
    }
  }

  private String visit(SecuredPort port, String token) throws Exception {
    return Visitor.with(token("mine", token)).visits(port.address());
  }

  private Access token(String name, String content) throws Exception {
    Path file = data.resolve(name);
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return new Access(Optional.empty(), Optional.of(file));
  }

  private static void awaitVisit(Visitor visitor, SecuredPort port, String outcome)
      throws Exception {
    String last = "";
    for (int i = 0; i < 10_000 && !last.equals(outcome); i++) {
      last = visitor.visits(port.address());
    }
    assertThat(last).isEqualTo(outcome);
  }

  /** One file after the other, as who renews certificates does. */
  private static void replace(Access old, Access by) throws Exception {
    MutualTlsFiles to = old.tls().orElseThrow();
    MutualTlsFiles from = by.tls().orElseThrow();
    Files.writeString(to.own().certificate(), Files.readString(from.own().certificate()));
    Files.writeString(to.own().key(), Files.readString(from.own().key()));
    Files.writeString(to.authorities(), Files.readString(from.authorities()));
  }
}
