package io.holdfast.protocol.wire;

/** What incoming messages must hold. */
final class Wire {

  private static final int HIGHEST_PORT = 65_535;

  private Wire() {}

  static void expect(boolean holds, String what) {
    if (!holds) {
      throw nonsense(what);
    }
  }

  static IllegalArgumentException nonsense(String expected) {
    return new IllegalArgumentException("expected " + expected);
  }

  static int port(int number) {
    expect(number >= 1 && number <= HIGHEST_PORT, "a port from 1 to " + HIGHEST_PORT);
    return number;
  }
}
