package io.holdfast.supervisor;

import io.holdfast.core.CannotStart;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waiting for stages at the two ends of a node's life, where nothing else can be done. */
final class Waiting {

  private static final Logger LOG = LoggerFactory.getLogger(Waiting.class);

  private Waiting() {}

  /** The result, or a sentence that begins with {@code what}. */
  static <T> T forStart(CompletionStage<T> stage, Duration deadline, String what)
      throws CannotStart {
    try {
      return stage.toCompletableFuture().get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new CannotStart(what + ": " + rootMessage(e), e);
    } catch (TimeoutException e) {
      throw new CannotStart(what + " within " + deadline.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotStart(what + ": interrupted", e);
    }
  }

  /** Whether it has come by then; an interruption is as good as the end of patience. */
  static boolean hasCome(CompletionStage<?> stage, Duration deadline) {
    try {
      stage.toCompletableFuture().get(deadline.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("not yet: {}", rootMessage(e));
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Waits for an end that changes nothing if it is late: everything is durable already. */
  static void forEnd(CompletionStage<?> stage, Duration deadline) {
    try {
      stage.toCompletableFuture().get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("the supervisor did not end cleanly: {}", rootMessage(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage();
    if (message == null) {
      return root.getClass().getSimpleName();
    }
    return message.contains("Address already in use")
        ? "the port is in use"
        : message.lines().findFirst().orElse("");
  }
}
