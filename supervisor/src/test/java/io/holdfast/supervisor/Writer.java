package io.holdfast.supervisor;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import java.util.List;
import java.util.stream.Stream;

/** Keeps events in the journal, and knows them again. */
final class Writer extends EventSourcedBehavior<Writer.Command, Object, List<Object>> {

  sealed interface Command {}

  /** Answered with all there are once these are durable. */
  record Write(List<Object> events, ActorRef<List<Object>> replyTo) implements Command {}

  record Read(ActorRef<List<Object>> replyTo) implements Command {}

  private Writer(String id) {
    super(PersistenceId.of("writer", id));
  }

  static Behavior<Command> create(String id) {
    return new Writer(id);
  }

  @Override
  public List<Object> emptyState() {
    return List.of();
  }

  @Override
  public EventHandler<List<Object>, Object> eventHandler() {
    return (events, event) -> Stream.concat(events.stream(), Stream.of(event)).toList();
  }

  @Override
  public CommandHandler<Command, Object, List<Object>> commandHandler() {
    return (_, command) ->
        switch (command) {
          case Write(var events, var replyTo) ->
              Effect().persist(events).thenReply(replyTo, all -> all);
          case Read(var replyTo) -> Effect().none().thenReply(replyTo, all -> all);
        };
  }
}
