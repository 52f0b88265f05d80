package io.holdfast.supervisor.service;

import io.holdfast.core.supervision.ServiceState;
import io.holdfast.supervisor.journal.Batch;

/** What a batch that is about to be recorded leads to, which has been worked out already. */
record Conclusion(Batch batch, ServiceState state) {

  /**
   * Whether it is of this very batch. One that is read from the journal is another, even where it
   * is equal: it may follow what somebody else has recorded.
   */
  @SuppressWarnings("ReferenceEquality")
  boolean isOf(Batch other) {
    return batch == other;
  }
}
