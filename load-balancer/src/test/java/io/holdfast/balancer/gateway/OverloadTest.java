package io.holdfast.balancer.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.spec.RetryPolicy;
import io.holdfast.core.spec.RoutingPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More requests than instances can answer in time. */
final class OverloadTest {

  private static final RoutingPolicy HASTY =
      Setup.policy(Duration.ofMillis(300), new RetryPolicy(0, 0.2, 10));
  private static final int MANY = 16;

  @TempDir Path data;

  @Test
  void whatCouldNotBeAnsweredInTimeIsRefusedAtOnceUntilItCan() throws Exception {
    CountDownLatch well = new CountDownLatch(1);
    try (Backend backend = Backend.hangingUntil(well, "ok");
        Setup setup = Setup.of(data, HASTY, backend)) {
      List<Message> answers = manyAtOnce(setup);
      assertThat(answers).extracting(Message::status).containsOnly(504);
      while (refused(answers).isEmpty()) {
        answers = manyAtOnce(setup);
      }
      assertThat(refused(answers))
          .allSatisfy(
              refused -> {
                assertThat(refused.header("Retry-After")).contains("1");
                assertThat(refused.text()).contains("web has more requests than it can answer");
              });
      assertThat(setup.metrics()).contains("holdfast_gateway_shed_total{service=\"web\"}");

      well.countDown();
      while (!manyAtOnce(setup).stream().allMatch(answer -> answer.status() == 200)) {
        Thread.onSpinWait();
      }
    }
  }

  private static List<Message> refused(List<Message> answers) {
    return answers.stream().filter(answer -> answer.status() == 503).toList();
  }

  private static List<Message> manyAtOnce(Setup setup) {
    return Stream.generate(() -> CompletableFuture.supplyAsync(() -> ask(setup), OverloadTest::run))
        .limit(MANY)
        .toList()
        .stream()
        .map(CompletableFuture::join)
        .toList();
  }

  private static Message ask(Setup setup) {
    try {
      return RawClient.ask(setup.address(), RawClient.get("/"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void run(Runnable task) {
    Thread.ofVirtual().start(task);
  }
}
