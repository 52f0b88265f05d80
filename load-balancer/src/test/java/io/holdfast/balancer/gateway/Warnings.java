package io.holdfast.balancer.gateway;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What a class warns of, kept instead of shown. */
record Warnings(Logger logger, ListAppender<ILoggingEvent> told) implements AutoCloseable {

  static Warnings of(Class<?> type) {
    Warnings warnings = new Warnings((Logger) LoggerFactory.getLogger(type), new ListAppender<>());
    warnings.logger.setLevel(Level.WARN);
    warnings.logger.setAdditive(false);
    warnings.told.start();
    warnings.logger.addAppender(warnings.told);
    return warnings;
  }

  List<String> texts() {
    return List.copyOf(told.list).stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Override
  public void close() {
    logger.detachAppender(told);
    logger.setAdditive(true);
    logger.setLevel(null);
  }
}
