package io.holdfast.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void columnsAreAsWideAsTheirWidestCellAndLinesEndWithoutBlanks() {
    assertThat(Table.of("A", "LONG", "C").row("wider", "x", "").render())
        .isEqualToNormalizingNewlines("A      LONG  C\nwider  x\n");
  }

  @Test
  void aRowOfAnotherLengthIsAMistake() {
    assertThatThrownBy(() -> Table.of("A").row("a", "b")).isInstanceOf(IllegalStateException.class);
  }
}
