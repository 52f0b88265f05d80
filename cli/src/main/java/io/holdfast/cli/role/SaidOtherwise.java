package io.holdfast.cli.role;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/**
 * Keeps from the error output what libraries say beside a sentence of the role itself: that a
 * cluster has refused this supervisor, with the advice to switch that off, and that connections end
 * when it ends. The log has it all.
 */
public final class SaidOtherwise extends Filter<ILoggingEvent> {

  @Override
  public FilterReply decide(ILoggingEvent event) {
    boolean otherwise =
        switch (event.getLoggerName()) {
          case "akka.cluster.Cluster" ->
              event.getLevel().equals(Level.ERROR)
                  && event.getFormattedMessage().contains("incompatible");
          case "akka.stream.Materializer" ->
              event.getFormattedMessage().endsWith("The connection has been aborted");
          default -> false;
        };
    return otherwise ? FilterReply.DENY : FilterReply.NEUTRAL;
  }
}
