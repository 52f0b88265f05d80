package io.holdfast.agent.process;

import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** A service process of this host, launched by this agent or by an earlier one. */
public sealed interface ServiceProcess permits NativeProcess, PortableProcess {

  long pid();

  /** Its session, by which its use of the host is counted; absent when it may share one. */
  OptionalLong session();

  Instant startedAt();

  /**
   * Sends a signal, named without SIG; one that comes too late reaches nobody. What the process
   * leaves behind is killed in any case, once the process itself has ended.
   */
  void signal(String name);

  /**
   * Completes on a thread that must not be held up, as soon as the process is seen to have ended.
   */
  CompletionStage<Death> death();

  /** Completes when nothing that is known of it is left. */
  CompletionStage<Void> gone();
}
