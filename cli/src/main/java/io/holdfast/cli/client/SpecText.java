package io.holdfast.cli.client;

import java.util.ArrayList;
import java.util.List;

/**
 * Several files as one text, so that they are applied together or not at all, with the way back
 * from a line of the text to a line of a file.
 */
public record SpecText(String text, List<Part> parts) {

  static final SpecText NOTHING = new SpecText("", List.of());

  private static final String SEPARATOR = "---\n";

  public SpecText {
    parts = List.copyOf(parts);
  }

  /**
   * One file.
   *
   * @param before lines of the whole text above its first one
   */
  record Part(String file, int before) {}

  /** One text, under the name that its problems are told with. */
  public static SpecText of(String file, String content) {
    return NOTHING.and(file, content);
  }

  SpecText and(String file, String content) {
    String head = text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
    if (!head.isEmpty() && !content.stripLeading().startsWith("---")) {
      head += SEPARATOR;
    }
    List<Part> more = new ArrayList<>(parts);
    more.add(new Part(file, (int) head.chars().filter(c -> c == '\n').count()));
    return new SpecText(head + content, more);
  }

  /** {@code FILE:LINE} for a line of the whole text, from 1. */
  String locate(int line) {
    Part at = parts.getFirst();
    for (Part part : parts) {
      if (part.before() < line) {
        at = part;
      }
    }
    return at.file() + ":" + Math.max(1, line - at.before());
  }
}
