package io.holdfast.balancer.gateway;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The body of one request: held from its beginning for as long as it can be sent again.
 *
 * <p>Up to {@value #LARGEST_HELD} bytes are held throughout. A longer body is held up to there
 * while nothing of it was sent, and passes through after that.
 */
final class RequestBody {

  static final int LARGEST_HELD = 64 << 10;

  private final Deque<HttpContent> held = new ArrayDeque<>();
  private long received;
  private boolean replayable = true;
  private boolean complete;

  /** Takes over the part. While an upstream takes the body it is written there too. */
  void add(HttpContent part) {
    Trailers.clean(part);
    received += part.content().readableBytes();
    complete = part instanceof LastHttpContent;
    held.addLast(part);
  }

  boolean isComplete() {
    return complete;
  }

  boolean isReplayable() {
    return replayable;
  }

  /** Whether more should be read although nobody takes it yet. */
  boolean hasRoom() {
    return !complete && received < LARGEST_HELD;
  }

  /** Writes all that is held to a new upstream. */
  void begin(Upstream upstream) {
    held.forEach(part -> upstream.write(part.retainedDuplicate()));
    letGoOfLong();
  }

  /** Writes the part that was added last. */
  void passOn(Upstream upstream) {
    if (replayable) {
      upstream.write(held.getLast().retainedDuplicate());
      letGoOfLong();
    } else {
      upstream.write(held.removeLast());
    }
  }

  void release() {
    held.forEach(HttpContent::release);
    held.clear();
  }

  private void letGoOfLong() {
    if (received > LARGEST_HELD) {
      replayable = false;
      release();
    }
  }
}
