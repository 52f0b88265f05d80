package io.holdfast.core.instance;

import io.holdfast.core.InstanceId;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** What an agent knows of one instance. Reports may come late and more than once. */
public sealed interface Report {

  InstanceId instance();

  /**
   * A launched process that has not ended.
   *
   * @param phase never {@link Phase#EXITED}
   * @param pid of the service process; 0 while it is being launched
   * @param ports by name, in the specification's order
   * @param probe what the probe that keeps it from being ready said last; blank when none does
   */
  record Alive(
      InstanceId instance,
      Phase phase,
      long pid,
      Map<String, Integer> ports,
      Instant startedAt,
      String probe)
      implements Report {
    public Alive {
      ports = Collections.unmodifiableMap(new LinkedHashMap<>(ports));
    }
  }

  /**
   * An instance that has ended, or was never started.
   *
   * @param successor the epoch that the agent has launched in its place without being told to
   */
  record Dead(InstanceId instance, Exit exit, OptionalLong successor) implements Report {
    public Dead(InstanceId instance, Exit exit) {
      this(instance, exit, OptionalLong.empty());
    }
  }
}
