package io.holdfast.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpecTextTest {

  @Test
  void aLineIsFoundAgainInTheFileItCameFrom() {
    SpecText text =
        SpecText.of("a.yaml", "one\ntwo").and("b.yaml", "---\nthree\n").and("c.yaml", "four\n");

    assertThat(text.text()).isEqualTo("one\ntwo\n---\nthree\n---\nfour\n");
    assertThat(text.locate(1)).isEqualTo("a.yaml:1");
    assertThat(text.locate(2)).isEqualTo("a.yaml:2");
    assertThat(text.locate(4)).isEqualTo("b.yaml:2");
    assertThat(text.locate(6)).isEqualTo("c.yaml:1");
    assertThat(text.locate(99)).isEqualTo("c.yaml:94");
  }
}
