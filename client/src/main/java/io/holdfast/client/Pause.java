package io.holdfast.client;

import io.holdfast.client.view.OwnThread;
import io.holdfast.client.view.WaitingRoom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;

/** The waits of one request for an instance. Used by one thread at a time. */
final class Pause {

  enum Begun {
    WAITING,
    /** It has waited as long as it may. */
    TOO_LATE,
    /** Too many others wait. */
    ROOM_FULL
  }

  private final OwnThread thread;
  private final WaitingRoom room;
  private final TimeLeft time;
  private Optional<Future<?>> timer = Optional.empty();

  Pause(OwnThread thread, WaitingRoom room, TimeLeft time) {
    this.thread = thread;
    this.room = room;
    this.time = time;
  }

  Begun begin(Duration atMost, Runnable over) {
    Optional<Duration> wait = time.pause(atMost, System.nanoTime());
    if (wait.isEmpty()) {
      return Begun.TOO_LATE;
    }
    if (!room.enter()) {
      return Begun.ROOM_FULL;
    }
    timer = Optional.of(thread.after(wait.get(), over));
    return Begun.WAITING;
  }

  boolean isOn() {
    return timer.isPresent();
  }

  void end() {
    timer.ifPresent(
        running -> {
          running.cancel(false);
          room.leave();
        });
    timer = Optional.empty();
  }
}
