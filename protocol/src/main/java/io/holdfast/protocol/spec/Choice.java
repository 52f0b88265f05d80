package io.holdfast.protocol.spec;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One word out of a few. */
record Choice<E>(Map<String, E> words) {

  static <E extends Enum<E>> Choice<E> of(E one) {
    Map<String, E> words = new LinkedHashMap<>();
    for (E constant : one.getDeclaringClass().getEnumConstants()) {
      words.put(Scalars.word(constant), constant);
    }
    return new Choice<>(words);
  }

  Optional<E> read(String word) {
    return Optional.ofNullable(words.get(word));
  }

  /** What is wrong with a value that none of the words is. */
  String refusal(SpecNode wrong) {
    return "expected one of "
        + String.join(", ", words.keySet())
        + ", got "
        + wrong.shown()
        + guess(wrong);
  }

  private String guess(SpecNode wrong) {
    return Scalars.text(wrong)
        .flatMap(word -> Nearest.to(word, words.keySet()))
        .map(word -> "; did you mean " + word + "?")
        .orElse("");
  }
}
