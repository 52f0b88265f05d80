package io.holdfast.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.cli.console.CommandFailed;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Follows how a node that is being drained empties, until nothing is left on it. */
final class Emptying {

  static final Duration LONGEST_STANDSTILL = Duration.ofMinutes(10);
  static final Duration LONGEST_ABSENCE = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofMillis(500);

  private final String node;
  private final Consumer<String> progress;
  private OptionalInt left = OptionalInt.empty();
  private String state = "";
  private boolean begun;
  private Duration changed = Duration.ZERO;
  private Duration there = Duration.ZERO;

  private Emptying(String node, Consumer<String> progress) {
    this.node = node;
    this.progress = progress;
  }

  /** Nothing has been seen of the node yet; {@code progress} takes a line for each change. */
  static Emptying of(String node, Consumer<String> progress) {
    return new Emptying(node, progress);
  }

  /**
   * Returns when nothing is left.
   *
   * @param looks each as the node is then; empty when there is none
   * @throws CommandFailed when it will not be empty, as far as can be told
   */
  void await(Supplier<Optional<JsonNode>> looks) {
    long start = System.nanoTime();
    try {
      while (!isOver(looks.get(), Duration.ofNanos(System.nanoTime() - start))) {
        Thread.sleep(LOOK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailed("interrupted", e);
    }
  }

  /**
   * One look; true when nothing is left.
   *
   * @param waited since the beginning
   */
  boolean isOver(Optional<JsonNode> found, Duration waited) {
    if (found.isEmpty()) {
      return missing(waited);
    }
    JsonNode seen = found.get();
    there = waited;
    String now = Tables.text(seen, "state");
    switch (now) {
      case "drained" -> {
        return true;
      }
      case "lost" ->
          throw new CommandFailed(node + " is lost: what was on it is replaced, not moved");
      case "ready" -> {
        // The supervisor that is asked may hear of the order a moment later than the one that took
        // it.
        if (begun) {
          throw new CommandFailed(node + " is not being drained any more");
        }
      }
      default -> begun = true;
    }
    note(now, left(seen), waited);
    return false;
  }

  /** A supervisor that has just started may not have heard of the node yet. */
  private boolean missing(Duration waited) {
    if (waited.minus(there).compareTo(LONGEST_ABSENCE) >= 0) {
      throw new CommandFailed("there is no node '" + node + "' any more");
    }
    return false;
  }

  private void note(String now, int count, Duration waited) {
    if (!now.equals(state) || !left.equals(OptionalInt.of(count))) {
      changed = waited;
    }
    if (begun && !left.equals(OptionalInt.of(count))) {
      progress.accept(count + (count == 1 ? " instance is left" : " instances are left"));
      left = OptionalInt.of(count);
    }
    state = now;
    if (waited.minus(changed).compareTo(LONGEST_STANDSTILL) >= 0) {
      throw new CommandFailed(
          "%s is still %s: nothing has changed for %d minutes, with %d left (holdfast describe node %s shows them)"
              .formatted(node, now, LONGEST_STANDSTILL.toMinutes(), count, node));
    }
  }

  /** Places whose instances have yet to start count too. */
  private static int left(JsonNode node) {
    return Math.max(node.path("instances").size(), node.path("reserved").path("places").asInt());
  }
}
