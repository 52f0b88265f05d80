package io.holdfast.agent.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What some of the agent says in its own log. */
public final class Said implements AutoCloseable {

  private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
  private final Logger logger;
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          event.prepareForDeferredProcessing();
          events.add(event);
        }
      };

  private Said(String name) {
    logger = (Logger) LoggerFactory.getLogger(name);
    appender.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(appender);
  }

  /** To the rotation. */
  static Said listen() {
    return new Said(Said.class.getPackageName());
  }

  public static Said by(Class<?> speaker) {
    return new Said(speaker.getName());
  }

  List<String> lines() {
    return events.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  /** What also goes to the error output. */
  public List<String> warnings() {
    return events.stream()
        .filter(event -> event.getLevel() == Level.WARN)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  @Override
  public void close() {
    logger.detachAppender(appender);
    logger.setLevel(null);
  }
}
