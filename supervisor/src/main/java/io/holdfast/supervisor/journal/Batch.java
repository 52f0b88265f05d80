package io.holdfast.supervisor.journal;

import akka.persistence.typed.EventAdapter;
import akka.persistence.typed.EventSeq;
import io.holdfast.core.supervision.ServiceEvent;
import io.holdfast.core.supervision.ServiceState;
import java.util.ArrayList;
import java.util.List;

/**
 * What one decision about a service recorded, in its order: one row of the journal, all of it or
 * nothing. A hundred instances that are launched together cost one row, not a hundred.
 *
 * @param events at least one, at most {@link #MOST}
 */
public record Batch(List<ServiceEvent> events) {

  /**
   * Bounds a row, and what is to be gone through again from a snapshot; each event has a number of
   * its own within the row, see {@link EventFeed}.
   */
  static final int MOST = 256;

  public Batch {
    events = List.copyOf(events);
    if (events.isEmpty() || events.size() > MOST) {
      throw new IllegalArgumentException("a batch holds 1 to " + MOST + " events");
    }
  }

  /** As few as can hold them. */
  public static List<Batch> of(List<ServiceEvent> events) {
    List<Batch> batches = new ArrayList<>();
    for (int from = 0; from < events.size(); from += MOST) {
      batches.add(new Batch(events.subList(from, Math.min(events.size(), from + MOST))));
    }
    return batches;
  }

  /** The state once all of it has happened. */
  public ServiceState after(ServiceState state) {
    ServiceState next = state;
    for (ServiceEvent event : events) {
      next = next.after(event);
    }
    return next;
  }

  /** Has a single event written as itself, as it was before there were batches. */
  public static EventAdapter<Batch, Object> adapter() {
    return new EventAdapter<>() {
      @Override
      public Object toJournal(Batch batch) {
        return batch.events().size() == 1 ? batch.events().getFirst() : batch;
      }

      @Override
      public String manifest(Batch batch) {
        return "";
      }

      @Override
      public EventSeq<Batch> fromJournal(Object written, String manifest) {
        return EventSeq.single(
            written instanceof Batch batch ? batch : new Batch(List.of((ServiceEvent) written)));
      }
    };
  }
}
