package io.holdfast.protocol.spec;

import java.util.List;

/** What YAML reads as something else, or does not read at all, unless it is written with care. */
final class AwkwardTexts {

  static final List<String> ALL =
      List.of(
          "web",
          "-",
          "- a",
          "null",
          "~",
          "",
          "yes",
          "no",
          "true",
          "1",
          "1.0",
          "010",
          "1_000",
          "0x1F",
          ": b",
          "a: b",
          "# c",
          " lead",
          "trail ",
          "tab\t",
          "two\nlines",
          "\n",
          "é",
          "日本",
          "\uD83D\uDE00",
          "'",
          "\"",
          "\\",
          "${PORT}",
          "{a: b}",
          "[x]",
          "*a",
          "&a",
          "!t",
          "|",
          ">",
          "%",
          "@",
          "`",
          "=",
          "<<",
          "2026-01-01",
          "12:30:45",
          "\u0007",
          "\u007f",
          "\u0085",
          "\u2028",
          "\ufeff",
          ".inf",
          "?",
          "---",
          "...");

  private AwkwardTexts() {}
}
