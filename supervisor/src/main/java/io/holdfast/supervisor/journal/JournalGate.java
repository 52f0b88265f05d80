package io.holdfast.supervisor.journal;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Whether the journal takes writes. While it does not, nothing that would have to be recorded is
 * decided: what was said meanwhile is lost, as a message may always be, and is made good by
 * reconciling.
 */
@FunctionalInterface
public interface JournalGate {

  /** Of a journal that is as much alive as this process. */
  JournalGate OPEN = Optional::empty;

  /** Why it takes none, as a sentence without its full stop; empty while it does. */
  Optional<String> closed();

  /** The same as of now, where finding out takes a moment; within a few seconds. */
  default CompletionStage<Optional<String>> look() {
    return CompletableFuture.completedFuture(closed());
  }
}
