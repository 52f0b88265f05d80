package io.holdfast.supervisor.node;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.stream.javadsl.Sink;
import akka.util.ByteString;
import io.holdfast.supervisor.api.ControlPlane.LogAnswer;
import java.time.Duration;
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
    LogSink.Opened sink = LogSink.open(kit.system());
    sink.writer().tell(chunk("one line\n"));
    TestProbe<LogPart> session = kit.createTestProbe();
    LogAnswer answer = sink.answer().toCompletableFuture().get(10, TimeUnit.SECONDS);
    assertThat(answer).isInstanceOf(LogAnswer.Output.class);
    if (answer instanceof LogAnswer.Output(var text)) {
      text.runWith(Sink.head(), kit.system()).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
    while (isThere(sink, session)) {
      sink.writer().tell(chunk("more\n"));
    }
    sink.writer().tell(new LogPart.End());
  }

  @Test
  void anAgentThatRefusesIsHeard() throws Exception {
    LogSink.Opened sink = LogSink.open(kit.system());
    sink.writer().tell(new LogPart.Refused("there is no such instance"));
    assertThat(sink.answer().toCompletableFuture().get(10, TimeUnit.SECONDS))
        .isEqualTo(new LogAnswer.None("there is no such instance"));
    kit.<LogPart>createTestProbe().expectTerminated(sink.writer(), Duration.ofSeconds(10));
  }

  @Test
  void outputThatEndsIsWhole() throws Exception {
    LogSink.Opened sink = LogSink.open(kit.system());
    sink.writer().tell(chunk("one\n"));
    sink.writer().tell(chunk("two\n"));
    sink.writer().tell(new LogPart.End());
    LogAnswer answer = sink.answer().toCompletableFuture().get(10, TimeUnit.SECONDS);
    assertThat(answer)
        .isInstanceOfSatisfying(
            LogAnswer.Output.class, output -> assertThat(read(output)).isEqualTo("one\ntwo\n"));
  }

  private String read(LogAnswer.Output output) {
    return output
        .text()
        .runFold(ByteString.emptyByteString(), ByteString::concat, kit.system())
        .toCompletableFuture()
        .join()
        .utf8String();
  }

  private static boolean isThere(LogSink.Opened sink, TestProbe<LogPart> session) {
    try {
      session.expectTerminated(sink.writer(), Duration.ofMillis(50));
      return false;
    } catch (AssertionError stillThere) {
      return true;
    }
  }

  private static LogPart chunk(String text) {
    return new LogPart.Chunk(com.google.protobuf.ByteString.copyFromUtf8(text));
  }
}
