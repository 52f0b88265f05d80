package io.holdfast.core.spec;

import java.util.Optional;

/** By which ports of every gateway a service is reached. */
public sealed interface Entrance {

  /** By the port that all share, where each request names its service. */
  record Shared() implements Entrance {}

  /** By a port of its own; with HTTP by the shared one too. */
  record Own(int port, Mode mode) implements Entrance {

    private static final int GREATEST_PORT = 65_535;

    public Own {
      Check.range("listen", port, 1, GREATEST_PORT);
    }
  }

  /** What is spoken on a port of its own. */
  enum Mode {
    HTTP,
    /** Anything: connections are balanced, and what they carry is not looked at. */
    TCP
  }

  static Entrance shared() {
    return new Shared();
  }

  static Entrance of(Optional<Integer> listen, Mode mode) {
    if (listen.isEmpty() && mode == Mode.TCP) {
      throw new InvalidSpec("mode", "expected a port of its own (listen) with tcp");
    }
    return listen.<Entrance>map(port -> new Own(port, mode)).orElseGet(Shared::new);
  }

  /** Whether requests that name the service reach it by the port that all share. */
  default boolean isShared() {
    return switch (this) {
      case Shared() -> true;
      case Own(int _, Mode mode) -> mode == Mode.HTTP;
    };
  }

  default Optional<Own> own() {
    return switch (this) {
      case Shared() -> Optional.empty();
      case Own own -> Optional.of(own);
    };
  }
}
