package io.holdfast.core;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The name of a service: a lower-case DNS label, 1 to 63 characters, starting with a letter. */
public record ServiceName(String value) implements Comparable<ServiceName> {

  private static final Pattern SHAPE = Pattern.compile("[a-z][a-z0-9-]{0,62}");

  public ServiceName {
    if (!isValid(value)) {
      throw new IllegalArgumentException("expected a name like [a-z][a-z0-9-]{0,62}");
    }
  }

  public static boolean isValid(String value) {
    return SHAPE.matcher(value).matches();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ServiceName(String that) && value.equals(that);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public int compareTo(ServiceName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
