package io.holdfast.supervisor.node;

import akka.NotUsed;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.Props;
import akka.actor.typed.Signal;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.japi.Pair;
import akka.stream.BoundedSourceQueue;
import akka.stream.QueueOfferResult;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.holdfast.supervisor.api.ControlPlane.LogAnswer;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Where an agent's log output goes: to one reader, on the supervisor node that was asked. A reader
 * that is slower than the agent by more than {@link #MOST_CHUNKS} loses the rest.
 *
 * <p>It ends when there is no more, and when nobody takes it any more; the session watches it, and
 * then has the agent stop.
 */
public final class LogSink extends AbstractOnMessageBehavior<LogPart> {

  private static final int MOST_CHUNKS = 1_024;

  /** Whoever asked has given up by then. */
  private static final Duration FIRST_WORD = Duration.ofSeconds(10);

  private static final LogPart NONE = new LogPart.Refused("the agent did not answer");

  /**
   * A sink that has just been opened.
   *
   * @param writer who has output tells it
   * @param answer completes with the first word of the agent
   */
  public record Opened(ActorRef<LogPart> writer, CompletionStage<LogAnswer> answer) {}

  private final BoundedSourceQueue<ByteString> queue;
  private final Source<ByteString, NotUsed> text;
  private final CompletableFuture<LogAnswer> answer;

  private LogSink(
      ActorContext<LogPart> context,
      Pair<BoundedSourceQueue<ByteString>, Source<ByteString, NotUsed>> made,
      CompletableFuture<LogAnswer> answer) {
    super(context);
    this.queue = made.first();
    this.text = made.second();
    this.answer = answer;
  }

  public static Opened open(ActorSystem<?> system) {
    CompletableFuture<LogAnswer> answer = new CompletableFuture<>();
    Behavior<LogPart> sink =
        Behaviors.setup(
            context -> {
              context.scheduleOnce(FIRST_WORD, context.getSelf(), NONE);
              return new LogSink(
                  context,
                  Source.<ByteString>queue(MOST_CHUNKS).preMaterialize(context.getSystem()),
                  answer);
            });
    return new Opened(
        system.systemActorOf(sink, "log-" + UUID.randomUUID(), Props.empty()), answer);
  }

  @Override
  public Behavior<LogPart> onMessage(LogPart part) {
    return switch (part) {
      case LogPart.Chunk(var data) -> {
        answer.complete(new LogAnswer.Output(text));
        yield data.isEmpty() || isTaken(data.toByteArray()) ? this : Behaviors.stopped();
      }
      case LogPart.End() -> {
        answer.complete(new LogAnswer.Output(text));
        yield Behaviors.stopped();
      }
      // Once there has been output this is the deadline of the first word, which is past.
      case LogPart.Refused(var why) ->
          answer.complete(new LogAnswer.None(why)) ? Behaviors.stopped() : this;
    };
  }

  private boolean isTaken(byte[] data) {
    return queue.offer(ByteString.fromArray(data)).equals(QueueOfferResult.enqueued());
  }

  @Override
  public Behavior<LogPart> onSignal(Signal signal) {
    if (signal instanceof PostStop) {
      complete();
    }
    return this;
  }

  private void complete() {
    try {
      queue.complete();
    } catch (IllegalStateException e) {
      // The reader has left, which has completed the queue already; nothing is missing.
    }
  }
}
