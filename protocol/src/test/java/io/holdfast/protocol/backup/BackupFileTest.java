package io.holdfast.protocol.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A backup is read as it was written, or not at all. */
final class BackupFileTest {

  private static final BackupHead HEAD =
      new BackupHead("1.2", Instant.parse("2026-11-01T00:00:00Z"));

  @TempDir Path directory;

  @Test
  void isReadAsItWasWritten() throws Exception {
    List<BackupRow> rows =
        List.of(
            event(1, "{\"at\":\"2026-11-01T00:00:00Z\",\"jitter\":0.20,\"huge\":1E+400}"),
            event(2, "not JSON \u0000 ü\n"),
            event(3, "{ \"spaced\": 1 }"),
            new BackupRow.Snapshot("service|web", 2, 5, content("{\"is\":\"blank\"}")));

    try (BackupReader reader = BackupReader.open(file(rows))) {
      assertThat(reader.head()).isEqualTo(HEAD);
      assertThat(all(reader)).isEqualTo(rows);
      assertThat(reader.next()).isEmpty();
      assertThat(reader.count()).isEqualTo(new BackupCount(3, 1));
    }
  }

  @Test
  void whatIsJsonCanBeReadWithEyes() throws Exception {
    assertThat(Files.readString(file(List.of(event(1, "{\"slot\":3}")))))
        .contains("\"id\":\"service|web\"", "\"content\":{\"slot\":3}");
  }

  @Test
  void oneThatIsCutOffAnywhereIsRefused() throws Exception {
    byte[] whole = Files.readAllBytes(file(List.of(event(1, "{}"), event(2, "{}"))));
    for (int length = 0; length < whole.length; length++) {
      Path cut = Files.write(directory.resolve("cut"), Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> BackupReader.check(cut))
          .as("%d bytes", length)
          .isInstanceOf(UnfitBackup.class);
    }
  }

  @Test
  void oneOfWhichAnyByteIsAnotherIsRefused() throws Exception {
    byte[] whole = Files.readAllBytes(file(List.of(event(1, "{\"slot\":3}"), event(2, "{}"))));
    for (int place = 0; place < whole.length; place++) {
      byte[] altered = whole.clone();
      altered[place] ^= 1;
      Path file = Files.write(directory.resolve("altered"), altered);
      assertThatThrownBy(() -> BackupReader.check(file))
          .as("byte %d", place)
          .isInstanceOf(UnfitBackup.class);
    }
  }

  @Test
  void oneWithALineLessOrMoreIsRefused() throws Exception {
    List<String> lines =
        Files.readAllLines(file(List.of(event(1, "{}"), event(2, "{}"), event(3, "{}"))));
    List<String> less = new ArrayList<>(lines);
    less.remove(2);
    List<String> more = new ArrayList<>(lines);
    more.add(lines.get(1));

    assertThatThrownBy(() -> BackupReader.check(Files.write(directory.resolve("less"), less)))
        .hasMessage("it is not as it was written: its digest is another one");
    assertThatThrownBy(() -> BackupReader.check(Files.write(directory.resolve("more"), more)))
        .hasMessage("it is not as it was written: it holds more or less than its last line says");
  }

  @Test
  void saysThatItIsCutOff() throws Exception {
    List<String> lines = Files.readAllLines(file(List.of(event(1, "{}"))));
    Path cut = Files.write(directory.resolve("cut"), lines.subList(0, 2));

    assertThatThrownBy(() -> BackupReader.check(cut))
        .hasMessage("it is cut off: its last line is missing");
  }

  @Test
  void saysThatANewerReleaseHasMadeIt() throws Exception {
    Path newer =
        Files.writeString(
            directory.resolve("newer"), "{\"backup\":\"holdfast\",\"format\":2,\"moment\":7}\n");

    assertThatThrownBy(() -> BackupReader.check(newer))
        .hasMessage("a newer Holdfast has made it, in format 2; this one knows only 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "kind: service\n", "{\"backup\":\"velero\"}\n", "\u0000\u0001"})
  void saysThatItIsSomethingElse(String text) throws Exception {
    Path other = Files.writeString(directory.resolve("other"), text);

    assertThatThrownBy(() -> BackupReader.check(other)).hasMessage("it is no backup of Holdfast");
  }

  private Path file(List<BackupRow> rows) throws IOException {
    BackupWriter writer = new BackupWriter();
    ByteString text = writer.head(HEAD);
    for (BackupRow row : rows) {
      text = text.concat(writer.row(row));
    }
    return Files.write(directory.resolve("backup"), text.concat(writer.end()).toByteArray());
  }

  private static List<BackupRow> all(BackupReader reader) throws IOException, UnfitBackup {
    List<BackupRow> rows = new ArrayList<>();
    for (Optional<BackupRow> row = reader.next(); row.isPresent(); row = reader.next()) {
      rows.add(row.get());
    }
    return rows;
  }

  private static BackupRow event(long number, String text) {
    return new BackupRow.Event(
        "service|web",
        number,
        number + 10,
        number == 2,
        "w",
        4,
        List.of("holdfast"),
        content(text));
  }

  private static BackupRow.Content content(String text) {
    return new BackupRow.Content(7_400, "service.slot-woken/1", ByteString.copyFromUtf8(text));
  }
}
