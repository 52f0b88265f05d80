package io.holdfast.protocol.spec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One word out of a few.
 *
 * @param later words that a later release knows
 */
record Choice<E>(Map<String, E> words, List<String> later) {

  static <E extends Enum<E>> Choice<E> of(E one, List<String> later) {
    Map<String, E> words = new LinkedHashMap<>();
    for (E constant : one.getDeclaringClass().getEnumConstants()) {
      words.put(Scalars.word(constant), constant);
    }
    return new Choice<>(words, later);
  }

  Optional<E> read(String word) {
    return Optional.ofNullable(words.get(word));
  }

  /** What is wrong with a value that none of the words is. */
  String refusal(SpecNode wrong) {
    String expected = "expected one of " + String.join(", ", words.keySet());
    return Scalars.text(wrong).filter(later::contains).isPresent()
        ? wrong.shown() + " is not supported by this release; " + expected
        : expected + ", got " + wrong.shown() + guess(wrong);
  }

  private String guess(SpecNode wrong) {
    return Scalars.text(wrong)
        .flatMap(word -> Nearest.to(word, words.keySet()))
        .map(word -> "; did you mean " + word + "?")
        .orElse("");
  }
}
