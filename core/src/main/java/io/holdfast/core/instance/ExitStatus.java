package io.holdfast.core.instance;

/** How a process ended, as far as anyone knows. */
public sealed interface ExitStatus {

  /** It returned {@code code}, 0 to 255. */
  record Code(int code) implements ExitStatus {
    @Override
    public String toString() {
      return "exited with code " + code;
    }
  }

  /**
   * A signal ended it.
   *
   * @param name without SIG, such as KILL
   * @param oom the kernel chose it because memory ran out
   */
  record Signal(String name, boolean oom) implements ExitStatus {
    @Override
    public String toString() {
      return oom ? "was killed because memory ran out" : "was ended by signal " + name;
    }
  }

  /** It never ran; {@code why} is the system's reason, such as "No such file or directory". */
  record NotStarted(String why) implements ExitStatus {
    @Override
    public String toString() {
      return "could not be started: " + why;
    }
  }

  /** It is gone and nobody saw how. */
  record Unknown() implements ExitStatus {
    @Override
    public String toString() {
      return "is gone, nobody saw how";
    }
  }
}
