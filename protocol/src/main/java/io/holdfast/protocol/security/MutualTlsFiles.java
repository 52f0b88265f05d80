package io.holdfast.protocol.security;

import java.nio.file.Path;

/**
 * What the parts know each other by.
 *
 * @param own what this process proves its name with
 * @param authorities PEM, whose certificates are accepted; several while they are exchanged
 */
public record MutualTlsFiles(TlsFiles own, Path authorities) {}
