package io.holdfast.supervisor;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.RecipientRef;
import akka.actor.typed.javadsl.AskPattern;
import io.holdfast.supervisor.api.Silence;
import io.holdfast.supervisor.journal.JournalGate;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Asks for changes, which must be recorded to be made. None is begun while the journal is away, or
 * later than {@link #BEGUN_WITHIN}; the answer says whether that is certain.
 */
record Changes(ActorSystem<?> system, JournalGate gate) {

  static final Duration BEGUN_WITHIN = Duration.ofSeconds(4);
  private static final Duration ANSWER_DEADLINE = Duration.ofSeconds(5);

  /** A change that is not begun after {@code until}. */
  interface Question<Q, A> {
    Q with(Instant until, ActorRef<A> replyTo);
  }

  <Q, A> CompletionStage<A> ask(
      RecipientRef<Q> whom, Question<Q, A> question, Function<String, A> unavailable) {
    return whenOpen(() -> sent(whom, question, unavailable), unavailable);
  }

  /** Does nothing while the journal is away. */
  <A> CompletionStage<A> whenOpen(
      Supplier<CompletionStage<A>> change, Function<String, A> unavailable) {
    return gate.look()
        .thenCompose(
            closed ->
                closed
                    .<CompletionStage<A>>map(
                        why -> CompletableFuture.completedFuture(unavailable.apply(refusal(why))))
                    .orElseGet(change));
  }

  private <Q, A> CompletionStage<A> sent(
      RecipientRef<Q> whom, Question<Q, A> question, Function<String, A> unavailable) {
    Instant until = Instant.now().plus(BEGUN_WITHIN);
    CompletionStage<A> answer =
        AskPattern.ask(
            whom, replyTo -> question.with(until, replyTo), ANSWER_DEADLINE, system.scheduler());
    return answer.exceptionally(_ -> unavailable.apply(Silence.OF_A_CHANGE));
  }

  private static String refusal(String why) {
    return "Nothing was changed: " + why + ".";
  }
}
