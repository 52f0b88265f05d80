package io.holdfast.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.Props;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AskPattern;
import akka.actor.typed.javadsl.Behaviors;
import io.holdfast.protocol.security.Access;
import io.holdfast.supervisor.journal.SampleEvents;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every store must do with events, whichever it is. */
final class JournalConformanceTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final InetSocketAddress FREE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  enum Kind {
    H2,
    POSTGRES
  }

  @TempDir Path data;

  @ParameterizedTest
  @EnumSource(Kind.class)
  void keepsEveryKindOfEventAsItWasWritten(Kind kind) throws Exception {
    JournalSettings journal = journal(kind);
    List<Object> events = List.copyOf(SampleEvents.byName().values());
    try (Opened opened = open(journal)) {
      ActorRef<Writer.Command> writer = opened.spawn(Writer.create("all"));
      assertThat(opened.<List<Object>>ask(writer, to -> new Writer.Write(events, to)))
          .isEqualTo(events);
    }
    try (Opened opened = open(journal)) {
      ActorRef<Writer.Command> reader = opened.spawn(Writer.create("all"));
      assertThat(opened.<List<Object>>ask(reader, Writer.Read::new)).isEqualTo(events);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void ofTwoWritersOfTheSameEventsTheLaterOneEndsWithoutEffect(Kind kind) throws Exception {
    List<Object> events = List.copyOf(SampleEvents.byName().values());
    List<Object> one = List.of(events.getFirst());
    try (Opened opened = open(journal(kind))) {
      ActorRef<Writer.Command> first = opened.spawn(Writer.create("same"));
      ActorRef<Writer.Command> second = opened.spawn(Writer.create("same"));
      assertThat(opened.<List<Object>>ask(first, Writer.Read::new)).isEmpty();
      assertThat(opened.<List<Object>>ask(second, Writer.Read::new)).isEmpty();

      opened.<List<Object>>ask(first, to -> new Writer.Write(one, to));
      CompletableFuture<Void> end = opened.endOf(second);
      CompletableFuture<Object> answer = new CompletableFuture<>();
      second.tell(new Writer.Write(List.of(events.getLast()), opened.spawn(completing(answer))));
      end.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

      assertThat(answer).isNotDone();
      ActorRef<Writer.Command> third = opened.spawn(Writer.create("same"));
      assertThat(opened.<List<Object>>ask(third, Writer.Read::new)).isEqualTo(one);
    }
  }

  private static <T> Behavior<T> completing(CompletableFuture<Object> answer) {
    return Behaviors.receiveMessage(
        message -> {
          answer.complete(message);
          return Behaviors.stopped();
        });
  }

  private JournalSettings journal(Kind kind) throws Exception {
    return switch (kind) {
      case H2 -> new JournalSettings.Embedded();
      case POSTGRES -> TestPostgres.database().settings();
    };
  }

  private Opened open(JournalSettings journal) throws Exception {
    SupervisorSettings settings =
        new SupervisorSettings(FREE, FREE, FREE, Seeds.NONE, data, journal, Access.OPEN);
    Store store = Store.of(settings);
    store.open();
    ActorSystem<Void> system = Listeners.system(settings, Entrance.of(settings.access()), store);
    return new Opened(system, store);
  }

  /** A store with the actors that use it. */
  private record Opened(ActorSystem<Void> system, Store store) implements AutoCloseable {

    <T> ActorRef<T> spawn(Behavior<T> behavior) {
      return system.systemActorOf(behavior, "a" + UUID.randomUUID(), Props.empty());
    }

    <A> A ask(ActorRef<Writer.Command> writer, Function<ActorRef<A>, Writer.Command> question)
        throws Exception {
      return AskPattern.<Writer.Command, A>ask(
              writer, question::apply, PATIENCE, system.scheduler())
          .toCompletableFuture()
          .get();
    }

    CompletableFuture<Void> endOf(ActorRef<?> actor) {
      CompletableFuture<Void> end = new CompletableFuture<>();
      spawn(
          Behaviors.<Void>setup(
              context -> {
                context.watch(actor);
                return Behaviors.receive(Void.class)
                    .onSignal(
                        Terminated.class,
                        _ -> {
                          end.complete(null);
                          return Behaviors.stopped();
                        })
                    .build();
              }));
      return end;
    }

    @Override
    public void close() {
      system.terminate();
      system.getWhenTerminated().toCompletableFuture().join();
      store.close();
    }
  }
}
