package io.holdfast.protocol.backup;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 of the lines so far, each with its end. */
final class Digest {

  private final MessageDigest sha256;

  Digest() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  void add(byte[] line) {
    sha256.update(line);
    sha256.update((byte) '\n');
  }

  /** Only once. */
  String hex() {
    return HexFormat.of().formatHex(sha256.digest());
  }
}
