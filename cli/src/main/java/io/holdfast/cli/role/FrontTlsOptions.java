package io.holdfast.cli.role;

import io.holdfast.balancer.gateway.TlsFiles;
import io.holdfast.core.CannotStart;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** With what a gateway meets the clients of HTTP: TLS when both files are given. */
final class FrontTlsOptions {

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "TLS for clients: the certificates in PEM, read again when the file changes.")
  private Optional<Path> certificate = Optional.empty();

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "The key of the first certificate: PEM, PKCS#8.")
  private Optional<Path> key = Optional.empty();

  Optional<TlsFiles> files() throws CannotStart {
    if (certificate.isPresent() != key.isPresent()) {
      throw new CannotStart("--tls-cert and --tls-key go together");
    }
    return certificate.flatMap(cert -> key.map(its -> new TlsFiles(cert, its)));
  }
}
