package io.holdfast.core;

import java.util.ArrayList;
import java.util.List;

/**
 * What a decision yields: the state to keep and the effects to carry out, in order.
 *
 * <p>Effects are data. A shell runs them first to last and stops at one that records a fact and
 * fails, so whatever depends on a record stands behind it.
 *
 * @param <S> the state
 * @param <F> the effects
 */
public record Decision<S, F>(S state, List<F> effects) {

  public Decision {
    effects = List.copyOf(effects);
  }

  /** The state stays or becomes {@code state}; nothing is to be done. */
  public static <S, F> Decision<S, F> to(S state) {
    return new Decision<>(state, List.of());
  }

  /** This decision, with one more effect at the end. */
  public Decision<S, F> then(F effect) {
    List<F> more = new ArrayList<>(effects);
    more.add(effect);
    return new Decision<>(state, more);
  }
}
