package io.holdfast.agent.process;

import io.holdfast.core.instance.ExitStatus;

/** What the system says of an ended process, in the two encodings it uses. */
final class WaitStatus {

  private static final int SIGNALLED = 128;
  private static final int CLD_EXITED = 1;

  private WaitStatus() {}

  /** The word that wait fills in. */
  static ExitStatus ofWord(int word) {
    int signal = word & 0x7f;
    return signal == 0
        ? new ExitStatus.Code((word >> 8) & 0xff)
        : new ExitStatus.Signal(Signals.name(signal), false);
  }

  /** The two fields that waitid fills in. */
  static ExitStatus ofInfo(int code, int status) {
    return code == CLD_EXITED
        ? new ExitStatus.Code(status & 0xff)
        : new ExitStatus.Signal(Signals.name(status), false);
  }

  /** What a shell makes of it; a program that returns 128 plus a signal's number looks the same. */
  static ExitStatus ofShell(int code) {
    return code > SIGNALLED && Signals.isKnown(code - SIGNALLED)
        ? new ExitStatus.Signal(Signals.name(code - SIGNALLED), false)
        : new ExitStatus.Code(code & 0xff);
  }
}
