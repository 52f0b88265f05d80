package io.holdfast.core.instance;

import io.holdfast.core.InstanceId;
import io.holdfast.core.ServiceName;
import java.time.Duration;
import java.time.Instant;

/** An instance with a liveness probe, as a {@link LivenessBrake} sees it. */
sealed interface Patient {

  /** A slot, whichever instance fills it. */
  record Place(ServiceName service, int slot) implements Comparable<Place> {

    static Place of(InstanceId instance) {
      return new Place(instance.service(), instance.slot());
    }

    @Override
    public int compareTo(Place other) {
      int services = service.value().compareTo(other.service.value());
      return services != 0 ? services : Integer.compare(slot, other.slot);
    }
  }

  /** Its latest answer was good. */
  record Well() implements Patient {}

  /** Its latest answer was a miss. */
  record Doubtful() implements Patient {}

  /** To be ended as soon as it may be. */
  record Condemned(Instant since, Duration recovery) implements Patient {}

  /** Let live while most others fail as well. */
  record Held(Instant since, Duration recovery, String why) implements Patient {}

  /** True for what speaks for a cause that is common to several. */
  default boolean fails() {
    return switch (this) {
      case Well _ -> false;
      case Doubtful _, Condemned _, Held _ -> true;
    };
  }

  default boolean isCondemned() {
    return switch (this) {
      case Well _, Doubtful _ -> false;
      case Condemned _, Held _ -> true;
    };
  }
}
