package io.holdfast.protocol.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.CannotStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JoinTokensTest {

  private static final String OLD = "an-old-token-of-24-chars";
  private static final String NEW = "the-new-token-of-24-char";

  @TempDir Path data;

  private Path file(String content, String permissions) throws IOException {
    Path file = data.resolve("tokens");
    Files.writeString(file, content);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  @Test
  void theFirstIsPresentedAndAnyIsAdmitted() throws Exception {
    JoinTokens tokens = JoinTokens.read(file("\n " + NEW + " \n" + OLD, "rw-r-----"));
    assertThat(tokens.first()).isEqualTo(NEW);
    assertThat(tokens.admit(NEW)).isTrue();
    assertThat(tokens.admit(OLD)).isTrue();
    assertThat(tokens.admit(OLD + "x")).isFalse();
    assertThat(tokens.admit("")).isFalse();
    assertThat(tokens.toString()).doesNotContain(NEW).doesNotContain(OLD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r--r--", "rw-----w-"})
  void aFileThatEverybodyMayReadOrWriteIsRefused(String permissions) throws Exception {
    Path file = file(NEW, permissions);
    assertRefused(
        file,
        file
            + " (--join-token) may be read or written by everybody on this host: chmod 600 "
            + file);
  }

  @Test
  void whatHoldsNoTokenIsRefused() throws Exception {
    Path file = file("\n\n", "rw-------");
    assertRefused(file, file + " (--join-token) holds no token");
    assertRefused(data.resolve("none"), "cannot read " + data.resolve("none") + " (--join-token)");
    file("short", "rw-------");
    assertRefused(
        file,
        file
            + " (--join-token): expected one token a line, of 16 to 512 printable characters"
            + " without blanks");
    file("x".repeat(20_000), "rw-------");
    assertRefused(file, file + " (--join-token) is longer than 16 KiB");
  }

  private static void assertRefused(Path file, String sentence) {
    assertThatThrownBy(() -> JoinTokens.read(file))
        .isInstanceOf(CannotStart.class)
        .hasMessage(sentence);
  }
}
