package io.holdfast.agent.probe;

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
}
