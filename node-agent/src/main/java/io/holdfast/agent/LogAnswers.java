package io.holdfast.agent;

import com.google.protobuf.ByteString;
import io.holdfast.agent.host.AgentLoop;
import io.holdfast.agent.link.SupervisorLink;
import io.holdfast.agent.log.LogSink;
import io.holdfast.protocol.agent.LogChunk;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * Passes a log on to the supervisor, one piece at a time and only when the link takes it: reports
 * never wait behind a log for long.
 */
final class LogAnswers implements LogSink {

  private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

  private final long request;
  private final SupervisorLink link;
  private final AgentLoop loop;

  LogAnswers(long request, SupervisorLink link, AgentLoop loop) {
    this.request = request;
    this.link = link;
    this.loop = loop;
  }

  @Override
  public boolean send(byte[] data) throws InterruptedException {
    pass(LogChunk.newBuilder().setRequest(request).setData(ByteString.copyFrom(data)).build());
    return true;
  }

  @Override
  public void end(String error) throws InterruptedException {
    pass(LogChunk.newBuilder().setRequest(request).setEnd(true).setError(error).build());
  }

  /** A reader whose stream is lost is interrupted here, by the cancelling of all readers. */
  private void pass(LogChunk chunk) throws InterruptedException {
    while (!link.isReady()) {
      Thread.sleep(LOOK_AGAIN);
    }
    Semaphore passed = new Semaphore(0);
    loop.execute(
        () -> {
          link.log(chunk);
          passed.release();
        });
    passed.acquire();
  }
}
