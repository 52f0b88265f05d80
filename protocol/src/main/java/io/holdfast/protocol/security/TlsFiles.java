package io.holdfast.protocol.security;

import java.nio.file.Path;

/**
 * What a process proves its name with.
 *
 * @param certificate PEM, its own first, then those that lead to a known one
 * @param key PEM, PKCS#8, not encrypted
 */
public record TlsFiles(Path certificate, Path key) {}
