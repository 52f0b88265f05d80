package io.holdfast.protocol.spec;

import io.holdfast.core.spec.Spec;
import java.util.List;

/** What a text turned out to hold: all of its specifications, or all of its problems. */
public sealed interface SpecReading {

  /** In the order of the text; at least one, each name once over both kinds. */
  record Valid(List<Spec> specs) implements SpecReading {
    public Valid {
      specs = List.copyOf(specs);
    }
  }

  /** In the order of the lines; at least one. */
  record Invalid(List<SpecProblem> problems) implements SpecReading {
    public Invalid {
      problems = List.copyOf(problems);
    }
  }
}
