package io.holdfast.supervisor.node;

import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.japi.Pair;
import akka.stream.BoundedSourceQueue;
import akka.stream.QueueOfferResult;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.holdfast.supervisor.api.ControlPlane.LogAnswer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Where an agent's log output goes: to one reader. A reader that is slower than the agent by more
 * than {@link #MOST_CHUNKS} loses the rest.
 */
public final class LogSink {

  private static final int MOST_CHUNKS = 1_024;

  private final BoundedSourceQueue<ByteString> queue;
  private final Source<ByteString, NotUsed> text;
  private final CompletableFuture<LogAnswer> answer = new CompletableFuture<>();

  private LogSink(BoundedSourceQueue<ByteString> queue, Source<ByteString, NotUsed> text) {
    this.queue = queue;
    this.text = text;
  }

  public static LogSink create(ActorSystem<?> system) {
    Pair<BoundedSourceQueue<ByteString>, Source<ByteString, NotUsed>> made =
        Source.<ByteString>queue(MOST_CHUNKS).preMaterialize(system);
    return new LogSink(made.first(), made.second());
  }

  /** Completes with the first word of the agent. */
  public CompletionStage<LogAnswer> answer() {
    return answer;
  }

  /** There is output; false when nobody takes it any more. */
  boolean accept(ByteString chunk) {
    answer.complete(new LogAnswer.Output(text));
    return chunk.isEmpty() || queue.offer(chunk).equals(QueueOfferResult.enqueued());
  }

  void end() {
    answer.complete(new LogAnswer.Output(text));
    complete();
  }

  void refuse(String why) {
    answer.complete(new LogAnswer.None(why));
    complete();
  }

  private void complete() {
    try {
      queue.complete();
    } catch (IllegalStateException e) {
      // The reader has left, which has completed the queue already; nothing is missing.
    }
  }
}
