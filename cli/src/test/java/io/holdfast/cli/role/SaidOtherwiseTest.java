package io.holdfast.cli.role;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import org.junit.jupiter.api.Test;

/** Of a refusal, the refused says one sentence and the members warn. */
final class SaidOtherwiseTest {

  private static final String CLUSTER = "akka.cluster.Cluster";
  private static final String STREAMS = "akka.stream.Materializer";

  @Test
  void theRefusedDoesNotSayItTwice() {
    assertThat(
            decided(
                CLUSTER,
                Level.ERROR,
                "Couldn't join seed nodes because of incompatible cluster configuration."))
        .isEqualTo(FilterReply.DENY);
    assertThat(
            decided(
                STREAMS,
                Level.WARN,
                "Upstream failed, cause: StreamTcpException: The connection has been aborted"))
        .isEqualTo(FilterReply.DENY);
  }

  @Test
  void whateverElseTheySayIsHeard() {
    assertThat(decided(CLUSTER, Level.WARN, "Found incompatible settings when one tried to join"))
        .isEqualTo(FilterReply.NEUTRAL);
    assertThat(decided(CLUSTER, Level.ERROR, "something else")).isEqualTo(FilterReply.NEUTRAL);
    assertThat(decided(STREAMS, Level.WARN, "Connection refused")).isEqualTo(FilterReply.NEUTRAL);
  }

  private static FilterReply decided(String logger, Level level, String message) {
    LoggingEvent event =
        new LoggingEvent(
            "", new LoggerContext().getLogger(logger), level, message, null, new Object[0]);
    return new SaidOtherwise().decide(event);
  }
}
