package io.holdfast.supervisor;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.CannotStart;
import io.holdfast.protocol.security.Access;
import io.holdfast.protocol.security.MutualTlsFiles;
import io.holdfast.protocol.security.TlsFiles;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Other hosts reach a supervisor only where it can know them. */
final class ReachTest {

  private static final String HERE = "127.0.0.1";
  private static final Path FILE = Path.of("any");
  private static final Access SECURED =
      new Access(Optional.of(new MutualTlsFiles(new TlsFiles(FILE, FILE), FILE)), Optional.empty());

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 10.0.0.1, 127.0.0.1, --grpc 10.0.0.1:1",
    "127.0.0.1, 0.0.0.0, 127.0.0.1, --grpc 0.0.0.0:1",
    "127.0.0.1, 127.0.0.1, 10.0.0.1, --cluster 10.0.0.1:1"
  })
  void withoutCertificatesOnlyThisHostDoes(String http, String grpc, String cluster, String which) {
    assertThatThrownBy(() -> Reach.require(at(http, grpc, cluster, Access.OPEN)))
        .isInstanceOf(CannotStart.class)
        .hasMessage(
            which
                + " is not a loopback address; other hosts are let in only with --tls-cert,"
                + " --tls-key and --tls-ca; without them Holdfast binds to loopback only");
  }

  @Test
  void withCertificatesTheyDo() {
    assertThatCode(() -> Reach.require(at(HERE, "0.0.0.0", "10.0.0.1", SECURED)))
        .doesNotThrowAnyException();
  }

  @Test
  void theAdminApiIsForThisHostInAnyCase() {
    assertThatThrownBy(() -> Reach.require(at("10.0.0.1", HERE, HERE, SECURED)))
        .isInstanceOf(CannotStart.class)
        .hasMessage(
            "--http 10.0.0.1:1 is not a loopback address; the admin API knows no tokens yet and"
                + " binds to loopback only");
  }

  @ParameterizedTest
  @CsvSource({"0.0.0.0", "::"})
  void everyAddressIsNoneAtWhichTheOthersCouldReachIt(String everywhere) {
    assertThatThrownBy(() -> Reach.require(at(HERE, HERE, everywhere, SECURED)))
        .isInstanceOf(CannotStart.class)
        .hasMessageEndingWith(
            " is no address at which the other supervisors could reach this one; give one of this"
                + " host's own");
  }

  private static SupervisorSettings at(String http, String grpc, String cluster, Access access) {
    return new SupervisorSettings(
        new InetSocketAddress(http, 1),
        new InetSocketAddress(grpc, 1),
        new InetSocketAddress(cluster, 1),
        Seeds.NONE,
        Path.of("none"),
        new JournalSettings.Embedded(),
        access);
  }
}
