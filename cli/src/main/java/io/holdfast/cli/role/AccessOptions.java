package io.holdfast.cli.role;

import io.holdfast.core.CannotStart;
import io.holdfast.protocol.security.Access;
import io.holdfast.protocol.security.MutualTlsFiles;
import io.holdfast.protocol.security.TlsFiles;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What the parts know each other by. */
final class AccessOptions {

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description =
          "This process's certificate and those above it, in PEM; read again when the file"
              + " changes.")
  private Optional<Path> certificate = Optional.empty();

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "The key of the first certificate: PEM, PKCS#8.")
  private Optional<Path> key = Optional.empty();

  @Option(
      names = "--tls-ca",
      paramLabel = "FILE",
      description = "With it supervisors, agents and gateways know each other: the CA, in PEM.")
  private Optional<Path> authorities = Optional.empty();

  @Option(
      names = "--join-token",
      paramLabel = "FILE",
      description =
          "On a supervisor: the tokens of which others must present one, one a line. Elsewhere: the"
              + " first of them is presented.")
  private Optional<Path> joinToken = Optional.empty();

  /** Where the certificate has no other use. */
  Access access() throws CannotStart {
    if ((certificate.isPresent() || key.isPresent()) && authorities.isEmpty()) {
      throw new CannotStart(together());
    }
    return withFront();
  }

  /** Where the certificate alone serves too, before clients of HTTP. */
  Access withFront() throws CannotStart {
    Optional<TlsFiles> files = own();
    if (authorities.isPresent() && files.isEmpty()) {
      throw new CannotStart(together());
    }
    return new Access(
        files.flatMap(own -> authorities.map(ca -> new MutualTlsFiles(own, ca))), joinToken);
  }

  /** What this process proves its name with. */
  Optional<TlsFiles> own() throws CannotStart {
    if (certificate.isPresent() != key.isPresent()) {
      throw new CannotStart(
          authorities.isPresent() ? together() : "--tls-cert and --tls-key go together");
    }
    return certificate.flatMap(cert -> key.map(its -> new TlsFiles(cert, its)));
  }

  private static String together() {
    return "--tls-cert, --tls-key and --tls-ca go together";
  }
}
