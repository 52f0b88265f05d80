package io.holdfast.core.placement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/**
 * What is left of a host for those who ask for a share of it; what is not known of a host is not
 * limited. Less than nothing is left where more was taken than there is.
 *
 * @param memory in bytes
 * @param cpu in thousandths of one processor
 */
public record Room(OptionalLong memory, OptionalLong cpu) {

  private static final long MEBIBYTE = 1L << 20;

  public static final Room UNLIMITED = new Room(OptionalLong.empty(), OptionalLong.empty());

  /**
   * What is left.
   *
   * @param whole the host; nothing where it is not known
   */
  public static Room of(Share whole, Share taken) {
    return new Room(left(whole.memory(), taken.memory()), left(whole.cpu(), taken.cpu()));
  }

  private static OptionalLong left(long whole, long taken) {
    return whole == 0 ? OptionalLong.empty() : OptionalLong.of(whole - taken);
  }

  public Room minus(Share share) {
    return new Room(minus(memory, share.memory()), minus(cpu, share.cpu()));
  }

  private static OptionalLong minus(OptionalLong left, long taken) {
    return left.isPresent() ? OptionalLong.of(left.getAsLong() - taken) : left;
  }

  /** What it lacks for one more, as something that is said of a node; empty when it has room. */
  public Optional<String> refusal(Share share) {
    List<String> lacks = new ArrayList<>();
    lack(memory, share.memory(), "memory", Room::sizes).ifPresent(lacks::add);
    lack(cpu, share.cpu(), "cpu", Room::processors).ifPresent(lacks::add);
    return lacks.isEmpty() ? Optional.empty() : Optional.of("has " + String.join(", and ", lacks));
  }

  private static boolean fits(OptionalLong left, long asked) {
    return asked == 0 || left.orElse(Long.MAX_VALUE) >= asked;
  }

  /** How many times a share fits into it; alike everywhere for those who ask for nothing. */
  long times(Share share) {
    return Math.min(times(memory, share.memory()), times(cpu, share.cpu()));
  }

  private static long times(OptionalLong left, long asked) {
    return asked == 0 ? Long.MAX_VALUE : Math.max(0, left.orElse(Long.MAX_VALUE)) / asked;
  }

  private static Optional<String> lack(
      OptionalLong left, long asked, String what, LongFunction<String> text) {
    return fits(left, asked)
        ? Optional.empty()
        : Optional.of(
            (left.orElseThrow() <= 0 ? "no" : text.apply(left.orElseThrow()) + " of")
                + " %s left and %s are asked for".formatted(what, text.apply(asked)));
  }

  /** In full, where whole MiB would hide a difference. */
  private static String sizes(long bytes) {
    return bytes % MEBIBYTE == 0 ? bytes / MEBIBYTE + " MiB" : bytes + " bytes";
  }

  private static String processors(long thousandths) {
    return thousandths + "m";
  }
}
