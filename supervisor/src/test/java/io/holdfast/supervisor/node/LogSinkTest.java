package io.holdfast.supervisor.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.stream.javadsl.Sink;
import akka.util.ByteString;
import io.holdfast.supervisor.api.ControlPlane.LogAnswer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LogSinkTest {

  private final ActorTestKit kit = ActorTestKit.create();

  @AfterEach
  void end() {
    kit.shutdownTestKit();
  }

  @Test
  void aReaderThatHasLeftTakesNothingMoreAndItsEndIsNoError() throws Exception {
    LogSink sink = LogSink.create(kit.system());
    assertThat(sink.accept(ByteString.fromString("one line\n"))).isTrue();
    LogAnswer answer = sink.answer().toCompletableFuture().get(10, TimeUnit.SECONDS);
    assertThat(answer).isInstanceOf(LogAnswer.Output.class);
    if (answer instanceof LogAnswer.Output(var text)) {
      text.runWith(Sink.head(), kit.system()).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
    while (sink.accept(ByteString.fromString("more\n"))) {
      Thread.onSpinWait();
    }
    assertThatCode(sink::end).doesNotThrowAnyException();
    assertThatCode(sink::end).doesNotThrowAnyException();
  }
}
