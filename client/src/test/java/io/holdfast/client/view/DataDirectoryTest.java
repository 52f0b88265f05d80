package io.holdfast.client.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.CannotStart;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataDirectoryTest {

  @TempDir Path temp;

  @Test
  void isMadeAndTakenByOneAtATime() throws Exception {
    Path data = temp.resolve("a/b");
    try (DataDirectory first = DataDirectory.open(data)) {
      assertThat(first.path()).isDirectory();
      assertThatThrownBy(() -> DataDirectory.open(data))
          .isInstanceOf(CannotStart.class)
          .hasMessage("the data directory " + data + " is in use by another process");
    }
    DataDirectory.open(data).close();
  }

  @Test
  void whatIsNoDirectoryIsRefusedInOneSentence() throws Exception {
    Path file = Files.writeString(temp.resolve("file"), "");

    assertThatThrownBy(() -> DataDirectory.open(file))
        .isInstanceOf(CannotStart.class)
        .hasMessageStartingWith("cannot use " + file + " as the data directory");
  }
}
