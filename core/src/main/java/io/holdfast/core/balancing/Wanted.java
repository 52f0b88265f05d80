package io.holdfast.core.balancing;

import io.holdfast.core.InstanceId;
import java.util.Set;

/**
 * What a request asks of a pick.
 *
 * @param avoid instances that it has tried already
 * @param repeatable whether it may go to one that has to prove itself, as it can be tried again
 * @param key requests with the same one go to the same instance, if the policy says so
 */
public record Wanted(Set<InstanceId> avoid, boolean repeatable, int key) {

  public static Wanted any() {
    return not(Set.of());
  }

  /** Any but these. */
  public static Wanted not(Set<InstanceId> avoid) {
    return new Wanted(avoid, false, 0);
  }
}
