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

/** All recorded events in their one order, which is the order in which the journal wrote them. */
public final class EventFeed {

  /** On every event; the feed is the query for it. */
  public static final String TAG = "holdfast";

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
    return told(journal.currentEventsByTag(TAG, Offset.sequence(query.after())), query)
        .take(limit)
        .runWith(Sink.seq(), system);
  }

  /** What is there, and what will come. */
  public Source<RecordedEvent, NotUsed> follow(EventQuery query) {
    return told(journal.eventsByTag(TAG, Offset.sequence(query.after())), query);
  }

  private static Source<RecordedEvent, NotUsed> told(
      Source<EventEnvelope, NotUsed> events, EventQuery query) {
    return events
        .map(EventFeed::tell)
        .filter(
            event ->
                query.since().map(since -> !event.at().isBefore(since)).orElse(true)
                    && query
                        .service()
                        .map(name -> name.value().equals(event.fields().get("service")))
                        .orElse(true));
  }

  private static RecordedEvent tell(EventEnvelope envelope) {
    if (!(envelope.offset() instanceof Sequence place)) {
      throw new IllegalStateException("the journal does not number its events");
    }
    String id = envelope.persistenceId();
    String entity = id.substring(id.indexOf('|') + 1);
    return EventTelling.tell(place.value(), entity, envelope.event());
  }
}
