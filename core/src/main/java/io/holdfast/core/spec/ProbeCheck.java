package io.holdfast.core.spec;

import java.time.Duration;
import java.util.List;

/** What a probe does. A port is named as in the specification's {@code ports}. */
public sealed interface ProbeCheck {

  /** GET of {@code path}; any status from 200 to 399 passes. */
  record Http(String path, String port) implements ProbeCheck {
    public Http {
      if (!path.startsWith("/") || path.chars().anyMatch(c -> c <= ' ' || c == 127)) {
        throw new InvalidSpec("http", "expected a path that begins with / and has no blanks");
      }
    }
  }

  /** A connection that is accepted passes. */
  record Tcp(String port) implements ProbeCheck {}

  /** A command that exits with code 0 passes; run like the service itself, without a shell. */
  record Exec(List<String> command) implements ProbeCheck {
    public Exec {
      command = List.copyOf(command);
      if (command.isEmpty() || command.getFirst().isBlank()) {
        throw new InvalidSpec("exec", "expected a list that begins with the program to run");
      }
      if (command.stream().anyMatch(argument -> argument.indexOf('\0') >= 0)) {
        throw new InvalidSpec("exec", "expected arguments without a NUL character");
      }
    }
  }

  /**
   * The standard health service of gRPC; SERVING passes.
   *
   * @param service as that server knows it; empty: the server as a whole
   */
  record Grpc(String service, String port) implements ProbeCheck {
    public Grpc {
      if (service.chars().anyMatch(c -> c <= ' ' || c == 127)) {
        throw new InvalidSpec("grpc", "expected the name of a gRPC service, or \"\" for all");
      }
    }
  }

  /**
   * What the service says of itself by sd_notify. For the startup probe READY=1 passes; for
   * readiness READY=1 while STOPPING=1 has not been said and the service is not silent; for
   * liveness every WATCHDOG=1.
   *
   * @param silence longer than this is a miss
   */
  record Watchdog(Duration silence) implements ProbeCheck {
    public Watchdog {
      Check.positive("watchdog", silence);
    }
  }
}
