package io.holdfast.core.supervision;

import java.time.Instant;

/** How an instance is regarded because of what balancers saw of its requests. */
public sealed interface Regard {

  /** As it should be. */
  record Trusted() implements Regard {}

  /**
   * It exceeded the thresholds: used only when nothing better is left.
   *
   * @param times in a row, this one included
   * @param until it is given another chance
   */
  record Isolated(int times, Instant until) implements Regard {}

  /**
   * It was isolated, and takes requests again.
   *
   * @param times in a row that it was
   */
  record OnProbation(int times, Instant since) implements Regard {}

  /**
   * It exceeded the thresholds and is to be restarted: it takes no new requests, then it ends.
   *
   * @param evidence in words
   * @param stopping told to end; before that it drains
   * @param since it drains, or since it was told to end
   */
  record Condemned(String evidence, boolean stopping, Instant since) implements Regard {}

  /** True when it gets its share of the requests. */
  default boolean isGood() {
    return switch (this) {
      case Trusted(), OnProbation _ -> true;
      case Isolated _, Condemned _ -> false;
    };
  }
}
