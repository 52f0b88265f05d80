package io.holdfast.agent.host;

/**
 * Text that {@link java.util.Properties} reads. Their own way of writing puts the date on top,
 * which takes longer than all else that a launch writes down.
 */
final class PropertyText {

  private final StringBuilder text = new StringBuilder();

  /**
   * Adds a line.
   *
   * @param key without anything that would have to be escaped
   */
  void put(String key, String value) {
    text.append(key).append('=');
    for (int i = 0; i < value.length(); i++) {
      append(value.charAt(i), i == 0);
    }
    text.append('\n');
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private void append(char c, boolean first) {
    switch (c) {
      case '\\' -> text.append("\\\\");
      case '\n' -> text.append("\\n");
      case '\r' -> text.append("\\r");
      case '\t' -> text.append("\\t");
      case '\f' -> text.append("\\f");
      // Blanks before a value are not read.
      case ' ' -> text.append(first ? "\\ " : " ");
      default -> text.append(c);
    }
  }
}
