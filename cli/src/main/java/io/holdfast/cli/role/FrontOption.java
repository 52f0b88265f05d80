package io.holdfast.cli.role;

import io.holdfast.core.CannotStart;
import io.holdfast.protocol.security.TlsFiles;
import java.util.Optional;
import picocli.CommandLine.Option;

/** With what a gateway meets the clients of HTTP. */
final class FrontOption {

  /** The names are the words of the command line. */
  enum Front {
    plain,
    tls
  }

  @Option(
      names = "--front",
      paramLabel = "KIND",
      description =
          "plain or tls: how clients of HTTP are met. Default: tls when there is a --tls-cert")
  private Optional<Front> front = Optional.empty();

  /** Empty for plain text. */
  Optional<TlsFiles> files(AccessOptions options) throws CannotStart {
    Optional<TlsFiles> own = options.own();
    return switch (front.orElse(own.isPresent() ? Front.tls : Front.plain)) {
      case plain -> {
        if (own.isPresent() && options.withFront().tls().isEmpty()) {
          throw new CannotStart("--tls-cert serves nothing with --front plain and no --tls-ca");
        }
        yield Optional.empty();
      }
      case tls -> {
        if (own.isEmpty()) {
          throw new CannotStart("--front tls needs --tls-cert and --tls-key");
        }
        yield own;
      }
    };
  }
}
