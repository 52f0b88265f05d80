package io.holdfast.supervisor.journal;

import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.persistence.jdbc.query.javadsl.JdbcReadJournal;
import akka.persistence.query.EventEnvelope;
import akka.persistence.query.Offset;
import akka.persistence.query.PersistenceQuery;
import akka.persistence.query.Sequence;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import io.holdfast.supervisor.api.ControlPlane.EventQuery;
import io.holdfast.supervisor.api.RecordedEvent;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/**
 * All recorded events in their one order, which is the order in which the journal wrote them.
 *
 * <p>The number of an event is that of its row, and its place in the row in the lowest bits.
 */
public final class EventFeed {

  /** On every event; the feed is the query for it. */
  public static final String TAG = "holdfast";

  private static final int PLACE_BITS = 10;

  private final ActorSystem<?> system;
  private final JdbcReadJournal journal;

  public EventFeed(ActorSystem<?> system) {
    this.system = system;
    this.journal =
        PersistenceQuery.get(system)
            .getReadJournalFor(JdbcReadJournal.class, JdbcReadJournal.Identifier());
  }

  /** What is there now, at most {@code limit} of it. */
  public CompletionStage<List<RecordedEvent>> page(EventQuery query, int limit) {
    return told(journal.currentEventsByTag(TAG, before(query)), query)
        .take(limit)
        .runWith(Sink.seq(), system);
  }

  /** What is there, and what will come. */
  public Source<RecordedEvent, NotUsed> follow(EventQuery query) {
    return told(journal.eventsByTag(TAG, before(query)), query);
  }

  /** Of the row that was told last some events may not have been. */
  private static Offset before(EventQuery query) {
    return Offset.sequence(Math.max(0, (query.after() >> PLACE_BITS) - 1));
  }

  private static Source<RecordedEvent, NotUsed> told(
      Source<EventEnvelope, NotUsed> events, EventQuery query) {
    return events
        .mapConcat(EventFeed::tell)
        .filter(
            event ->
                event.id() > query.after()
                    && query.since().map(since -> !event.at().isBefore(since)).orElse(true)
                    && query
                        .service()
                        .map(name -> name.value().equals(event.fields().get("service")))
                        .orElse(true));
  }

  private static List<RecordedEvent> tell(EventEnvelope envelope) {
    if (!(envelope.offset() instanceof Sequence place)) {
      throw new IllegalStateException("the journal does not number its events");
    }
    String id = envelope.persistenceId();
    String entity = id.substring(id.indexOf('|') + 1);
    List<?> events =
        envelope.event() instanceof Batch batch ? batch.events() : List.of(envelope.event());
    long first = place.value() << PLACE_BITS;
    return IntStream.range(0, events.size())
        .mapToObj(index -> EventTelling.tell(first + index, entity, events.get(index)))
        .toList();
  }
}
