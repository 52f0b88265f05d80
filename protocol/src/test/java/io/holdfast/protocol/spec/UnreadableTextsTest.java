package io.holdfast.protocol.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that are no specifications at all, or more than anybody means. */
final class UnreadableTextsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name: [",
        "name: 'web",
        "{\"name\": \"web\",}, ",
        "a: b: c",
        "\tname: web",
        "name: web\ncommand: !!java.net.URL [x]\n  y",
        "name: !secret web\ncommand: [web]",
        "name: &a [*a]",
        "? [a]\n: b",
        "just words",
        "[1, 2]",
        "",
        "# nothing",
        "\u0000",
      })
  void whatIsNoSpecificationAtAllIsRefusedWithALine(String text) {
    assertThat(SpecReader.read(text))
        .isInstanceOfSatisfying(
            SpecReading.Invalid.class,
            invalid ->
                assertThat(invalid.problems())
                    .isNotEmpty()
                    .allSatisfy(problem -> assertThat(problem.line()).isPositive())
                    .allSatisfy(problem -> assertThat(problem.detail()).contains("expected")));
  }

  @Test
  void whatPrecedesASyntaxErrorIsStillLookedAt() {
    assertThat(problems("name: Web\ncommand: [web]\n---\nname: [\n"))
        .hasSize(2)
        .first()
        .isEqualTo("line 1: name: expected a name like [a-z][a-z0-9-]{0,62}, got 'Web'");
  }

  @Test
  void aTextBeyondTheLimitsIsRefusedQuickly() {
    String document = "---\nname: web\ncommand: [web]\n";

    assertThat(problems("#".repeat(SpecReader.LARGEST + 1)))
        .containsExactly("line 1: expected at most 1 MiB");
    assertThat(problems(document.repeat(SpecReader.MOST_DOCUMENTS + 1)).getLast())
        .isEqualTo("line 3002: expected at most 1000 documents");
    assertThat(problems("name: " + "[".repeat(200_000))).hasSize(1);
    assertThat(problems("{\"a\": ".repeat(100_000))).hasSize(1);
    assertThat(problems("a: 1\n".repeat(10_000))).hasSizeLessThanOrEqualTo(Problems.MOST);
  }

  @Test
  void aTextThatMultipliesItselfIsReadWithoutMultiplyingIt() {
    StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 40; i++) {
      text.append("a%d: &a%d [%s]\n".formatted(i, i, String.join(",", nine("*a" + (i - 1)))));
    }
    assertThat(problems(text + "name: web\ncommand: *a39\n")).isNotEmpty();
  }

  private static List<String> nine(String text) {
    String[] all = new String[9];
    Arrays.fill(all, text);
    return List.of(all);
  }

  private static List<String> problems(String text) {
    return switch (SpecReader.read(text)) {
      case SpecReading.Valid(var specs) ->
          throw new AssertionError("expected problems, got " + specs);
      case SpecReading.Invalid(var problems) ->
          problems.stream().map(SpecProblem::toString).toList();
    };
  }
}
