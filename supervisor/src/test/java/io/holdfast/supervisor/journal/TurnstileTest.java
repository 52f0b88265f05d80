package io.holdfast.supervisor.journal;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.Behaviors;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TurnstileTest {

  private static final int NEXT = -1;
  private static final long PATIENCE_SECONDS = 30;

  private final Turnstile<Integer> turnstile = new Turnstile<>(Integer.class, NEXT);
  private final BlockingQueue<Integer> seen = new LinkedBlockingQueue<>();
  private final AtomicInteger atOnce = new AtomicInteger();

  /** Done with each at once, as when nothing is recorded. */
  private Behavior<Integer> quick() {
    return Behaviors.setup(
        context ->
            Behaviors.receiveMessage(
                number -> {
                  seen.add(number);
                  turnstile.done(context.getSelf());
                  return Behaviors.same();
                }));
  }

  /** Done with each when somebody else has ended, as when something is recorded. */
  private Behavior<Integer> slow() {
    return Behaviors.setup(
        context ->
            Behaviors.receive(Integer.class)
                .onMessage(
                    Integer.class,
                    number -> {
                      assertThat(atOnce.incrementAndGet()).isEqualTo(1);
                      seen.add(number);
                      context.watch(context.spawnAnonymous(Behaviors.stopped()));
                      return Behaviors.same();
                    })
                .onSignal(
                    Terminated.class,
                    _ -> {
                      atOnce.decrementAndGet();
                      turnstile.done(context.getSelf());
                      return Behaviors.same();
                    })
                .build());
  }

  @Test
  void whatComesOneAfterTheOtherIsLetThroughInItsOrder() throws Exception {
    assertThat(through(quick(), 20_000)).isEqualTo(numbers(20_000));
  }

  @Test
  void whatComesMeanwhileWaitsUntilTheOneBeforeIsDone() throws Exception {
    assertThat(through(slow(), 500)).isEqualTo(numbers(500));
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  private List<Integer> through(Behavior<Integer> behavior, int count) throws Exception {
    ActorSystem<Integer> actor =
        ActorSystem.create(Behaviors.intercept(() -> turnstile, behavior), "turnstile");
    try {
      numbers(count).forEach(actor::tell);
      List<Integer> order = new ArrayList<>();
      while (order.size() < count) {
        Integer next = seen.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(next).as("after %d", order.size()).isNotNull();
        order.add(next);
      }
      return order;
    } finally {
      actor.terminate();
      CompletableFuture<?> ended = actor.getWhenTerminated().toCompletableFuture();
      ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }
}
