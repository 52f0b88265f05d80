package io.holdfast.core;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The name of a host with an agent: 1 to 63 letters, digits, dots, dashes and underscores. */
public record NodeId(String value) implements Comparable<NodeId> {

  private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

  public NodeId {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "expected a node id of 1 to 63 letters, digits, dots, dashes and underscores");
    }
  }

  // Written out here and in the other names: a record's own go through method handles, which cost a
  // tenth of all decisions where names are looked up by the hundred.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof NodeId(String that) && value.equals(that);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
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
