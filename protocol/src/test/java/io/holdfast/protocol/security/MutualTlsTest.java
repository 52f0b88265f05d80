package io.holdfast.protocol.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.CannotStart;
import io.holdfast.protocol.fixture.Authority;
import io.holdfast.protocol.fixture.Certificate;
import io.holdfast.protocol.fixture.CertificateRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ends of a connection know each other, or there is none. */
final class MutualTlsTest {

  private static final String HERE = "127.0.0.1";

  @TempDir Path data;
  private final List<String> refused = new ArrayList<>();
  private Authority authority;

  @BeforeEach
  void certify() throws Exception {
    authority = Authority.in(data);
  }

  private MutualTls end(String name, Certificate certificate, Circle circle) throws CannotStart {
    return MutualTls.of(name, authority.files(name, certificate), circle, refused::add);
  }

  @Test
  void supervisorsLetEachOtherIn() throws Exception {
    SSLEngine client = end("one", authority.supervisor(), Circle.SUBJECT).connecting(HERE, 1);
    new Handshake(client, end("other", authority.supervisor(), Circle.SUBJECT).accepting()).run();
    assertThat(client.getSession().getProtocol()).isEqualTo("TLSv1.3");
    assertThat(refused).isEmpty();
  }

  @Test
  void whatAnAgentWasGivenIsNotEnoughAmongSupervisors() throws Exception {
    MutualTls supervisor = end("supervisor", authority.supervisor(), Circle.SUBJECT);
    MutualTls agent = end("agent", authority.member("agent"), Circle.AUTHORITY);
    Handshake handshake = new Handshake(agent.connecting(HERE, 1), supervisor.accepting());
    assertThatThrownBy(handshake::run).isInstanceOf(SSLException.class);
    assertThat(refused)
        .containsExactly(
            "its certificate (CN=agent) is not that of a supervisor, all of which have the subject"
                + " CN=supervisor");
  }

  @Test
  void aSupervisorJoinsNobodyElse() throws Exception {
    MutualTls supervisor = end("supervisor", authority.supervisor(), Circle.SUBJECT);
    Certificate other = authority.issue(CertificateRequest.of("other").address(HERE));
    MutualTls impostor = end("impostor", other, Circle.AUTHORITY);
    Handshake handshake = new Handshake(supervisor.connecting(HERE, 1), impostor.accepting());
    assertThatThrownBy(handshake::run).hasMessageContaining("is not that of a supervisor");
  }

  @Test
  void whoeverShowsNoCertificateIsRefused() throws Exception {
    MutualTls supervisor = end("supervisor", authority.supervisor(), Circle.AUTHORITY);
    SSLEngine server = supervisor.accepting();
    assertThat(server.getNeedClientAuth()).isTrue();
    assertThat(server.getEnabledProtocols()).containsExactly("TLSv1.3");
  }

  @Test
  void noSessionIsResumedAsItWouldNotBeCheckedAgain() throws Exception {
    MutualTls supervisor = end("supervisor", authority.supervisor(), Circle.AUTHORITY);
    MutualTls agent = end("agent", authority.member("agent"), Circle.AUTHORITY);
    long first = metAt(agent, supervisor);
    while (System.currentTimeMillis() <= first) {
      Thread.onSpinWait();
    }
    assertThat(metAt(agent, supervisor)).isGreaterThan(first);
  }

  /** When the session was made in which they meet now. */
  private static long metAt(MutualTls agent, MutualTls supervisor) throws SSLException {
    SSLEngine client = agent.connecting(HERE, 1);
    new Handshake(client, supervisor.accepting()).run();
    return client.getSession().getCreationTime();
  }

  @Test
  void whomNobodyCouldAcceptIsToldSoBeforeTrying() throws Exception {
    Instant past = Instant.parse("2020-01-01T00:00:00Z");
    end("agent", authority.member("agent"), Circle.AUTHORITY).requireValid();
    MutualTls late =
        end("late", authority.issue(CertificateRequest.of("a").from(past)), Circle.AUTHORITY);
    assertThatThrownBy(late::requireValid)
        .isInstanceOf(CannotStart.class)
        .hasMessage(
            "--tls-cert cannot be used, nobody would accept it: its certificate (CN=a) has expired"
                + " at 2020-01-02T00:00:00Z");
  }

  /** Those whom it meets may be of another CA, and know its own. */
  @Test
  void ofWhichCaItIsMattersToOthersOnly() throws Exception {
    Authority other = Authority.in(data.resolve("other"));
    MutualTlsFiles files =
        new MutualTlsFiles(
            other.member("b").in(data.resolve("b")),
            authority.files("c", authority.member("c")).authorities());
    MutualTls.of("b", files, Circle.AUTHORITY, refused::add).requireValid();
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void aGoodCertificateIsAcceptedByItsLikes(String algorithm) throws Exception {
    Certificate good =
        authority.issue(CertificateRequest.of("supervisor").address(HERE), algorithm);
    MutualTls supervisor = end("good", good, Circle.SUBJECT);
    supervisor.requireEqual(HERE, 1);
    supervisor.requireValid();
    assertThatThrownBy(() -> supervisor.requireEqual("10.9.9.9", 1))
        .hasMessageEndingWith("(CN=supervisor) is for 127.0.0.1, not for 10.9.9.9");
  }

  @Test
  void filesThatCannotBeUsedAreSaidInOneSentence() throws Exception {
    MutualTlsFiles files = authority.files("s", authority.supervisor());
    Files.writeString(files.authorities(), "nothing");
    assertThatThrownBy(() -> MutualTls.of("s", files, Circle.SUBJECT, refused::add))
        .isInstanceOf(CannotStart.class)
        .hasMessage("--tls-ca holds no certificate in PEM");
    Files.delete(files.authorities());
    assertThatThrownBy(() -> MutualTls.of("s", files, Circle.SUBJECT, refused::add))
        .isInstanceOf(CannotStart.class)
        .hasMessage("cannot read " + files.authorities() + " (--tls-ca)");
  }
}
