package io.holdfast.supervisor.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.catalog.Catalog;
import io.holdfast.core.supervision.ServiceEvent;
import io.holdfast.core.supervision.ServiceState;
import io.holdfast.supervisor.wire.AnyMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What this release keeps as snapshots, byte for byte, and what every later one must read.
 *
 * <p>A golden file, with one state in each line, may never change. One for a new name, or for what
 * a state may hold since, is made by running this test once with {@code -Dgolden.write=true}.
 */
final class SnapshotsTest {

  private static final long SEED = 7_400;
  private static final int ENOUGH = 20_000;

  private final JournalSerializer serializer = new JournalSerializer();

  static Set<Map.Entry<String, Class<?>>> kinds() {
    return JournalStates.all().entrySet();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void readsWhatTheGoldenFilesHoldAndWritesItAgain(Map.Entry<String, Class<?>> kind)
      throws IOException {
    for (String state : golden(kind)) {
      assertThat(write(read(state, kind.getKey()))).isEqualTo(state);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void theGoldenFilesHoldEverythingThatAStateMayHold(Map.Entry<String, Class<?>> kind)
      throws IOException {
    Set<String> shown = new HashSet<>();
    for (String state : golden(kind)) {
      shown.addAll(StateParts.shownBy(read(state, kind.getKey())));
    }
    assertThat(shown).isEqualTo(StateParts.of(kind.getValue()));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void anyStateIsReadAsItWasWritten(Map.Entry<String, Class<?>> kind) {
    long seed = new Random().nextLong();
    AnyMessage any = AnyMessage.without(new Random(seed));
    for (int i = 0; i < 500; i++) {
      Object state = any.of(kind.getValue());
      assertThat(read(write(state), kind.getKey())).as("seed %d", seed).isEqualTo(state);
    }
  }

  @Test
  void aServiceGoesOnFromASnapshotAsItWouldFromAllItsEvents() {
    for (long seed = 0; seed < 60; seed++) {
      ServiceState replayed = new ServiceState.Blank();
      ServiceState restored = replayed;
      int events = 0;
      for (ServiceEvent event : SampleLife.of(seed).events(120)) {
        replayed = replayed.after(event);
        if (++events % 7 == 0) {
          restored = (ServiceState) read(write(restored), "service.state/1");
        }
        restored = restored.after(event);
        assertThat(restored).as("seed %d", seed).isEqualTo(replayed);
      }
    }
  }

  @Test
  void writesNothingThatFollowsFromSomethingElse() throws IOException {
    for (Map.Entry<String, Class<?>> kind : kinds()) {
      assertThat(String.join("", golden(kind)))
          .doesNotContain("\"open\":", "\"ready\":", "\"launching\":", "\"failure\":true");
    }
  }

  @Test
  void theCatalogueIsWrittenByItsOwnNameThoughNodesTellItToEachOther() {
    assertThat(serializer.manifest(new Snapshot(Catalog.EMPTY))).isEqualTo("catalog.state/1");
  }

  @Test
  void saysClearlyThatANewerReleaseWroteASnapshotItDoesNotKnow() {
    assertThatThrownBy(() -> serializer.fromBinary(new byte[0], "service.state/2"))
        .hasMessageContaining("'service.state/2'")
        .hasMessageContaining("a newer one wrote it");
  }

  private String write(Object state) {
    return new String(serializer.toBinary(new Snapshot(state)), StandardCharsets.UTF_8);
  }

  private Object read(String state, String name) {
    return ((Snapshot) serializer.fromBinary(state.getBytes(StandardCharsets.UTF_8), name)).state();
  }

  /** The first file, and those that were added with what a state may hold since. */
  private List<String> golden(Map.Entry<String, Class<?>> kind) throws IOException {
    List<String> states = new ArrayList<>();
    int files = 0;
    for (Path file = file(kind, 0); Files.exists(file); file = file(kind, files)) {
      states.addAll(Files.readAllLines(file));
      files++;
    }
    if (Boolean.getBoolean("golden.write")) {
      List<String> more = samples(kind, states);
      if (!more.isEmpty()) {
        Files.write(file(kind, files), more);
        states.addAll(more);
      }
    }
    return states;
  }

  private static Path file(Map.Entry<String, Class<?>> kind, int number) {
    String more = number == 0 ? "" : "." + number;
    return Path.of(
        "src/test/resources/golden", kind.getKey().replace('/', '.') + more + ".json-lines");
  }

  /** States that each show something the ones before did not. */
  private List<String> samples(Map.Entry<String, Class<?>> kind, List<String> before) {
    AnyMessage any = AnyMessage.without(new Random(SEED));
    Set<String> shown = new HashSet<>();
    before.forEach(state -> shown.addAll(StateParts.shownBy(read(state, kind.getKey()))));
    return Stream.generate(() -> any.of(kind.getValue()))
        .limit(ENOUGH)
        .filter(state -> shown.addAll(StateParts.shownBy(state)))
        .map(this::write)
        .toList();
  }
}
