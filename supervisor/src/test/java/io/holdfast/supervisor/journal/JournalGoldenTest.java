package io.holdfast.supervisor.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What this release writes, byte for byte, and what every later one must read.
 *
 * <p>A file that is there may never change. A new kind of event gets its file by running this test
 * once with {@code -Dgolden.write=true}.
 */
final class JournalGoldenTest {

  private final JournalSerializer serializer = new JournalSerializer();

  @Test
  void everyKindOfEventHasAGoldenFile() {
    assertThat(SampleEvents.byName().keySet()).isEqualTo(JournalEvents.all().keySet());
  }

  @Test
  void writesWhatTheGoldenFilesHold() throws IOException {
    Map<String, Object> samples = new LinkedHashMap<>(SampleEvents.byName());
    samples.putAll(SampleEvents.additions());
    for (Map.Entry<String, Object> sample : samples.entrySet()) {
      String written = new String(serializer.toBinary(sample.getValue()), StandardCharsets.UTF_8);
      if (Boolean.getBoolean("golden.write") && !Files.exists(file(sample.getKey()))) {
        Files.writeString(file(sample.getKey()), written + "\n");
      }
      assertThat(written).as(sample.getKey()).isEqualTo(golden(sample.getKey()));
    }
  }

  @Test
  void readsWhatTheGoldenFilesHold() throws IOException {
    for (Map.Entry<String, Object> sample : SampleEvents.byName().entrySet()) {
      byte[] bytes = golden(sample.getKey()).getBytes(StandardCharsets.UTF_8);
      assertThat(serializer.fromBinary(bytes, sample.getKey()))
          .as(sample.getKey())
          .isEqualTo(sample.getValue());
    }
  }

  @Test
  void readsWhatTheGoldenFilesOfAdditionsHold() throws IOException {
    for (Map.Entry<String, Object> sample : SampleEvents.additions().entrySet()) {
      byte[] bytes = golden(sample.getKey()).getBytes(StandardCharsets.UTF_8);
      String kind = sample.getKey().substring(0, sample.getKey().lastIndexOf('.'));
      assertThat(serializer.fromBinary(bytes, kind))
          .as(sample.getKey())
          .isEqualTo(sample.getValue());
    }
  }

  @Test
  void readsWhatEarlierReleasesWrote() throws IOException {
    assertThat(SampleEvents.former().keySet()).isEqualTo(JournalEvents.former());
    for (Map.Entry<String, Object> sample : SampleEvents.former().entrySet()) {
      byte[] bytes = golden(sample.getKey()).getBytes(StandardCharsets.UTF_8);
      assertThat(serializer.fromBinary(bytes, sample.getKey()))
          .as(sample.getKey())
          .isEqualTo(sample.getValue());
    }
  }

  @Test
  void readsWhatANewerReleaseAddedToAnEvent() {
    byte[] newer =
        "{\"slot\":3,\"at\":\"2026-11-01T00:00:00Z\",\"mood\":\"fine\"}"
            .getBytes(StandardCharsets.UTF_8);
    assertThat(serializer.fromBinary(newer, "service.slot-woken/1"))
        .isEqualTo(SampleEvents.byName().get("service.slot-woken/1"));
  }

  @Test
  void saysClearlyThatANewerReleaseWroteAKindItDoesNotKnow() {
    assertThatThrownBy(() -> serializer.fromBinary(new byte[0], "service.dreamed/1"))
        .hasMessageContaining("'service.dreamed/1'")
        .hasMessageContaining("a newer one wrote it");
  }

  private static Path file(String name) {
    return Path.of("src/test/resources/golden", name.replace('/', '.') + ".json");
  }

  private static String golden(String name) throws IOException {
    return Files.readString(file(name)).strip();
  }
}
