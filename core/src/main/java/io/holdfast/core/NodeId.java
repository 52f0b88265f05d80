package io.holdfast.core;

import java.util.regex.Pattern;

/** The name of a host with an agent: 1 to 63 letters, digits, dots, dashes and underscores. */
public record NodeId(String value) implements Comparable<NodeId> {

  private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

  public NodeId {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "expected a node id of 1 to 63 letters, digits, dots, dashes and underscores");
    }
  }

  @Override
  public int compareTo(NodeId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
