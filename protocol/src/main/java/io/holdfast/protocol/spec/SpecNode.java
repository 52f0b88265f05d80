package io.holdfast.protocol.spec;

import java.util.List;
import java.util.Optional;

/** A piece of a text, whether YAML or JSON, that knows its line. */
sealed interface SpecNode {

  /** From 1. */
  int line();

  /** How a message speaks of it. */
  String shown();

  /** Entries in the order written; a key that was written twice is there twice. */
  record Mapping(int line, List<Entry> entries) implements SpecNode {

    Optional<Entry> entry(String key) {
      return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
    }

    @Override
    public String shown() {
      return "a mapping";
    }
  }

  record Entry(int line, String key, SpecNode value) {}

  record Sequence(int line, List<SpecNode> items) implements SpecNode {
    @Override
    public String shown() {
      return "a list";
    }
  }

  /**
   * One value.
   *
   * @param text as written, without quotes
   * @param quoted true when it cannot be anything but text
   */
  record Scalar(int line, String text, boolean quoted) implements SpecNode {

    private static final int MOST_SHOWN = 60;

    @Override
    public String shown() {
      String short_ = text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...";
      return quoted ? "the text '" + short_ + "'" : "'" + short_ + "'";
    }
  }

  /** A key without a value. */
  record Nothing(int line) implements SpecNode {
    @Override
    public String shown() {
      return "nothing";
    }
  }
}
