package io.holdfast.core.spec;

import java.time.Duration;
import java.util.Set;

/**
 * How an instance is asked to end before it is killed.
 *
 * @param signal a name without SIG: TERM, INT, QUIT, HUP, USR1, USR2 or KILL
 */
public record StopPolicy(String signal, Duration grace) {

  // Stands first: the default is checked against it.
  private static final Set<String> SIGNALS =
      Set.of("TERM", "INT", "QUIT", "HUP", "USR1", "USR2", "KILL");

  public static final StopPolicy DEFAULT = new StopPolicy("TERM", Duration.ofSeconds(10));

  public StopPolicy {
    if (!SIGNALS.contains(signal)) {
      throw new InvalidSpec("signal", "expected TERM, INT, QUIT, HUP, USR1, USR2 or KILL");
    }
    Check.notNegative("grace", grace);
  }
}
