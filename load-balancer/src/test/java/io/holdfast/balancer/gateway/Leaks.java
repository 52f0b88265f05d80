package io.holdfast.balancer.gateway;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Has Netty follow every buffer and tell of those that nobody has released. */
final class Leaks implements AutoCloseable {

  private static final int COLLECTIONS = 10;

  private final Logger logger = (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);
  private final ListAppender<ILoggingEvent> told = new ListAppender<>();
  private final ResourceLeakDetector.Level before = ResourceLeakDetector.getLevel();

  private Leaks() {}

  static Leaks watched() {
    Leaks leaks = new Leaks();
    leaks.told.start();
    leaks.logger.addAppender(leaks.told);
    leaks.logger.setAdditive(false);
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    return leaks;
  }

  /** What was told so far, after the collector has had its chance. */
  List<String> found() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      // Netty looks for leaks when it hands out the next buffer.
      ByteBuf next = ByteBufAllocator.DEFAULT.buffer();
      next.release();
    }
    synchronized (told) {
      return List.copyOf(told.list).stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
  }

  @Override
  public void close() {
    ResourceLeakDetector.setLevel(before);
    logger.detachAppender(told);
    logger.setAdditive(true);
  }
}
