package io.holdfast.agent.probe;

import java.io.IOException;

/** What one check has said. */
public sealed interface ProbeResult {

  record Passed() implements ProbeResult {}

  /** {@code detail} is a sentence fragment for people, such as "GET /ready answered 503". */
  record Missed(String detail) implements ProbeResult {}

  static ProbeResult passed() {
    return new Passed();
  }

  static ProbeResult missed(String detail) {
    return new Missed(detail);
  }

  /** A miss, unless the service has no part in the failure. */
  static ProbeResult failed(String what, IOException why) throws NotMade {
    String detail = what + ": " + why.getMessage();
    if (Shortage.isBehind(why)) {
      throw new NotMade(detail, why);
    }
    return missed(detail);
  }
}
