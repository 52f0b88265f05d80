package io.holdfast.protocol.reach;

import io.holdfast.core.detection.Reach;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/** Connects to endpoints and closes at once, saying nothing: whether somebody listens there. */
public final class Knocking {

  /** Connections that are being made at the same time in this process. */
  private static final int MOST_AT_ONCE = 256;

  private static final long LONGEST_MILLIS = 5_000;

  private static final Semaphore ROOM = new Semaphore(MOST_AT_ONCE);
  private static final Executor THREADS = task -> Thread.ofVirtual().name("knocking").start(task);

  private Knocking() {}

  /**
   * What comes of each target, in their order; never fails.
   *
   * @param timeout for each, at most five seconds; a target that has not answered by then is silent
   */
  public static CompletionStage<List<Reach>> at(List<Target> targets, Duration timeout) {
    List<CompletableFuture<Reach>> all =
        targets.stream()
            .map(target -> CompletableFuture.supplyAsync(() -> at(target, timeout), THREADS))
            .toList();
    return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
        .thenApply(_ -> all.stream().map(CompletableFuture::join).toList());
  }

  private static Reach at(Target target, Duration timeout) {
    // One that would have to wait for others tells nothing in time.
    if (!ROOM.tryAcquire()) {
      return Reach.SILENT;
    }
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getByName(target.address()), target.port()),
          (int) Math.clamp(timeout.toMillis(), 1L, LONGEST_MILLIS));
      return Reach.ACCEPTED;
    } catch (ConnectException e) {
      return Reach.REFUSED;
    } catch (IOException e) {
      // Timed out, or no way there from here.
      return Reach.SILENT;
    } finally {
      ROOM.release();
    }
  }
}
