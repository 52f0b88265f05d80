package io.holdfast.core;

/** The name of a group of services, shaped like a {@link ServiceName} and from the same space. */
public record GroupName(String value) implements Comparable<GroupName> {

  public GroupName {
    if (!ServiceName.isValid(value)) {
      throw new IllegalArgumentException("expected a name like [a-z][a-z0-9-]{0,62}");
    }
  }

  @Override
  public int compareTo(GroupName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
