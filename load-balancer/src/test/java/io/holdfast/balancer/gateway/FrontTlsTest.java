package io.holdfast.balancer.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.CannotStart;
import io.holdfast.protocol.fixture.Certificate;
import io.holdfast.protocol.security.TlsFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients of HTTP are met with TLS where the gateway has a certificate. */
final class FrontTlsTest {

  @TempDir Path data;

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void requestsComeThroughAndServicesLearnThatTheyWereSecure(String algorithm) throws Exception {
    TlsFiles files = Certificate.of("web", algorithm).in(data);
    try (Backend backend = Backend.saying("web");
        Setup setup = Setup.secure(data.resolve("data"), files, Setup.endpoints(backend));
        SSLSocket socket = TlsClient.to(setup.address())) {
      assertThat(socket.getApplicationProtocol()).isEqualTo("http/1.1");
      for (int i = 0; i < 2; i++) {
        socket.getOutputStream().write(RawClient.get("/").getBytes(StandardCharsets.US_ASCII));
        assertThat(Message.readResponse(socket.getInputStream()).text()).isEqualTo("web");
      }
      assertThat(backend.awaitRequest().header("X-Forwarded-Proto")).contains("https");
    }
  }

  @Test
  void aRefusalIsReadWholeAndItsEndIsNoTruncation() throws Exception {
    TlsFiles files = Certificate.of("web", "EC").in(data);
    try (Backend backend = Backend.saying("web");
        Setup setup = Setup.secure(data.resolve("data"), files, Setup.endpoints(backend));
        SSLSocket socket = TlsClient.to(setup.address())) {
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost : web\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      String all = Message.latin(socket.getInputStream().readAllBytes());
      assertThat(all).startsWith("HTTP/1.1 400 ").contains("This is not an HTTP/1.1 request.");
    }
  }

  @Test
  void plainTextIsNotAnswered() throws Exception {
    TlsFiles files = Certificate.of("web", "EC").in(data);
    try (Backend backend = Backend.saying("web");
        Setup setup = Setup.secure(data.resolve("data"), files, Setup.endpoints(backend));
        RawClient client = RawClient.to(setup.address())) {
      client.send(RawClient.get("/"));
      assertThat(Message.latin(client.in().readAllBytes())).doesNotContain("HTTP");
      assertThat(backend.requests()).isZero();
    }
  }

  @Test
  void newFilesAreTakenOverOnceTheyBelongTogether() throws Exception {
    TlsFiles files = Certificate.of("old", "EC").in(data);
    Certificate next = Certificate.of("next", "EC");
    try (Backend backend = Backend.saying("web");
        Setup setup = Setup.secure(data.resolve("data"), files, Setup.endpoints(backend))) {
      assertThat(nameShown(setup)).isEqualTo("CN=old");
      FrontTls front = FrontTls.of(Optional.of(files)).orElseThrow();
      Files.writeString(files.certificate(), next.certificatePem());
      front.look();
      assertThat(nameShown(setup)).isEqualTo("CN=old");

      Files.writeString(files.key(), next.keyPem());
      while (!nameShown(setup).equals("CN=next")) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void filesThatCannotBeUsedAreSaidInOneSentence() throws Exception {
    Certificate one = Certificate.of("one", "EC");
    Certificate other = Certificate.of("other", "EC");
    assertRefused(
        new Certificate(one.certificatePem(), other.keyPem()),
        "--tls-key does not belong to the first certificate of --tls-cert");
    assertRefused(
        new Certificate("nothing", one.keyPem()), "--tls-cert holds no certificate in PEM");
    assertRefused(
        new Certificate(one.certificatePem(), "-----BEGIN RSA PRIVATE KEY-----\n"),
        "--tls-key holds no key in PEM as BEGIN PRIVATE KEY (PKCS#8)");
    TlsFiles missing = new TlsFiles(data.resolve("none"), data.resolve("none"));
    assertThatThrownBy(() -> FrontTls.of(Optional.of(missing)))
        .isInstanceOf(CannotStart.class)
        .hasMessage("cannot read " + data.resolve("none") + " (--tls-cert)");
  }

  private void assertRefused(Certificate wrong, String sentence) {
    TlsFiles files = wrong.in(data);
    assertThatThrownBy(() -> FrontTls.of(Optional.of(files)))
        .isInstanceOf(CannotStart.class)
        .hasMessage(sentence);
  }

  private static String nameShown(Setup setup) throws Exception {
    try (SSLSocket socket = TlsClient.to(setup.address())) {
      X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return shown.getSubjectX500Principal().getName();
    }
  }
}
