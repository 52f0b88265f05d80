package io.holdfast.core;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One launch of one slot, written {@code web/2#17}: service web, slot 2, epoch 17.
 *
 * <p>Epochs rise per service and no launch ever reuses one, so the news that an instance is dead
 * stays true for ever and may arrive by any path, in any order, any number of times.
 */
public record InstanceId(ServiceName service, int slot, long epoch)
    implements Comparable<InstanceId> {

  private static final Pattern SHAPE = Pattern.compile("([a-z0-9-]+)/(\\d{1,9})#(\\d{1,18})");

  public InstanceId {
    if (slot < 0 || epoch < 1) {
      throw new IllegalArgumentException("expected a slot from 0 and an epoch from 1");
    }
  }

  /** Reads what {@link #toString} writes; empty for anything else. */
  public static Optional<InstanceId> parse(String text) {
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.matches() || !ServiceName.isValid(matcher.group(1))) {
      return Optional.empty();
    }
    long epoch = Long.parseLong(matcher.group(3));
    return epoch < 1
        ? Optional.empty()
        : Optional.of(
            new InstanceId(
                new ServiceName(matcher.group(1)), Integer.parseInt(matcher.group(2)), epoch));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof InstanceId that
        && epoch == that.epoch
        && slot == that.slot
        && service.equals(that.service);
  }

  @Override
  public int hashCode() {
    return (service.hashCode() * 31 + slot) * 31 + Long.hashCode(epoch);
  }

  @Override
  public int compareTo(InstanceId other) {
    int by = service.compareTo(other.service);
    by = by != 0 ? by : Integer.compare(slot, other.slot);
    return by != 0 ? by : Long.compare(epoch, other.epoch);
  }

  @Override
  public String toString() {
    return service + "/" + slot + "#" + epoch;
  }
}
