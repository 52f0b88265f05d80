package io.holdfast.protocol.security;

import io.grpc.Metadata;
import io.holdfast.core.CannotStart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What somebody must know to join: any of the tokens on one side, the first of them presented by
 * the other. Several in a file let them be exchanged one host at a time.
 */
public final class JoinTokens {

  /** Under which it is presented. */
  public static final Metadata.Key<String> KEY =
      Metadata.Key.of("holdfast-join-token", Metadata.ASCII_STRING_MARSHALLER);

  private static final long LARGEST_BYTES = 16 << 10;
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{16,512}");

  private final List<String> tokens;

  private JoinTokens(List<String> tokens) {
    this.tokens = List.copyOf(tokens);
  }

  /** Of the file, if there is one, that is looked at again when somebody joins. */
  public static Optional<Renewed<JoinTokens, JoinTokens>> of(Access access) throws CannotStart {
    if (access.joinToken().isEmpty()) {
      return Optional.empty();
    }
    Path file = access.joinToken().get();
    return Optional.of(Renewed.of("join token", () -> read(file), tokens -> tokens));
  }

  static JoinTokens read(Path file) throws CannotStart {
    List<String> lines = text(file).lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    if (lines.isEmpty()) {
      throw new CannotStart(named(file) + " holds no token");
    }
    if (!lines.stream().allMatch(line -> TOKEN.matcher(line).matches())) {
      throw new CannotStart(
          named(file)
              + ": expected one token a line, of 16 to 512 printable characters without blanks");
    }
    return new JoinTokens(lines);
  }

  private static String text(Path file) throws CannotStart {
    try {
      requireOwn(file);
      if (Files.size(file) > LARGEST_BYTES) {
        throw new CannotStart(named(file) + " is longer than 16 KiB");
      }
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new CannotStart("cannot read " + named(file));
    }
  }

  private static void requireOwn(Path file) throws IOException, CannotStart {
    Set<PosixFilePermission> allowed = Files.getPosixFilePermissions(file);
    if (allowed.contains(PosixFilePermission.OTHERS_READ)
        || allowed.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new CannotStart(
          named(file) + " may be read or written by everybody on this host: chmod 600 " + file);
    }
  }

  private static String named(Path file) {
    return file + " (--join-token)";
  }

  /** The one that is presented. */
  public String first() {
    return tokens.getFirst();
  }

  /** Takes as long whichever of them it is, or nearly is. */
  public boolean admit(String presented) {
    byte[] bytes = presented.getBytes(StandardCharsets.ISO_8859_1);
    boolean known = false;
    for (String token : tokens) {
      known |= MessageDigest.isEqual(token.getBytes(StandardCharsets.ISO_8859_1), bytes);
    }
    return known;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JoinTokens same && tokens.equals(same.tokens);
  }

  @Override
  public int hashCode() {
    return tokens.hashCode();
  }

  @Override
  public String toString() {
    return tokens.size() + " join tokens";
  }
}
