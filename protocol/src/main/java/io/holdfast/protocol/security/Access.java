package io.holdfast.protocol.security;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How supervisors are secured against whom they do not know.
 *
 * @param tls empty for plain text, on loopback only
 * @param joinToken the file of tokens, one of which must be presented; empty when none is
 */
public record Access(Optional<MutualTlsFiles> tls, Optional<Path> joinToken) {

  /** In plain text and without a token. */
  public static final Access OPEN = new Access(Optional.empty(), Optional.empty());
}
