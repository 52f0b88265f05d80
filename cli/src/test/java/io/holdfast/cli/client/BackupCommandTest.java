package io.holdfast.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.Ran;
import io.holdfast.protocol.backup.BackupHead;
import io.holdfast.protocol.backup.BackupWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file is there, whole and secret, or as it was. */
final class BackupCommandTest {

  @TempDir Path directory;

  private final FakeSupervisor supervisor;

  BackupCommandTest() throws IOException {
    supervisor = FakeSupervisor.start();
  }

  @AfterEach
  void stop() {
    supervisor.close();
  }

  @Test
  void savesWhatTheSupervisorSendsForItsOwnerAlone() throws Exception {
    supervisor.on("GET /v1/backup", 200, whole());
    Path file = directory.resolve("backup");

    Ran ran = supervisor.run("backup", file.toString());

    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).isEqualToIgnoringNewLines(file + " holds 0 events and 0 snapshots");
    assertThat(file).hasContent(whole());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(files()).containsExactly(file);
  }

  @Test
  void keepsAFileThatIsThereUnlessItIsForced() throws Exception {
    supervisor.on("GET /v1/backup", 200, whole());
    Path file = Files.writeString(directory.resolve("backup"), "yesterday's");

    Ran ran = supervisor.run("backup", file.toString());
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err())
        .isEqualToIgnoringNewLines("there is a file " + file + " already; --force replaces it");
    assertThat(file).hasContent("yesterday's");

    assertThat(supervisor.run("backup", "--force", file.toString()).code()).isZero();
    assertThat(file).hasContent(whole());
  }

  @Test
  void oneThatIsCutOffIsNotSaved() throws Exception {
    supervisor.on("GET /v1/backup", 200, whole().lines().findFirst().orElseThrow() + "\n");
    Path file = Files.writeString(directory.resolve("backup"), "yesterday's");

    Ran ran = supervisor.run("backup", "--force", file.toString());

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err())
        .isEqualToIgnoringNewLines(
            "the supervisor did not send a whole backup: it is cut off: its last line is missing");
    assertThat(file).hasContent("yesterday's");
    assertThat(files()).containsExactly(file);
  }

  @Test
  void saysInTheSupervisorsWordsWhyThereIsNone() throws Exception {
    supervisor.on("GET /v1/backup", 409, "{\"detail\": \"A backup is being made already.\"}");

    Ran ran = supervisor.run("backup", directory.resolve("backup").toString());

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).isEqualToIgnoringNewLines("A backup is being made already.");
    assertThat(files()).isEmpty();
  }

  @Test
  void saysThatThereIsNoSuchDirectory() {
    supervisor.on("GET /v1/backup", 200, whole());
    Path file = directory.resolve("none").resolve("backup");

    assertThat(supervisor.run("backup", file.toString()).err())
        .isEqualToIgnoringNewLines("cannot write " + file + ": there is no such directory");
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  private static String whole() {
    BackupWriter writer = new BackupWriter();
    return writer
        .head(new BackupHead("1.2", Instant.parse("2026-11-01T00:00:00Z")))
        .concat(writer.end())
        .toStringUtf8();
  }
}
