package io.holdfast.agent.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.host.InstanceDirectory;
import io.holdfast.agent.host.InstanceStore;
import io.holdfast.core.InstanceId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.instance.Exit;
import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.instance.ExitStatus;
import io.holdfast.core.instance.Report;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogReaderTest {

  private static final ServiceName WEB = new ServiceName("web");
  private static final String END = "<end>";

  @TempDir Path data;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private InstanceStore store;
  private LogStreams streams;

  @BeforeEach
  void open() throws Exception {
    store = InstanceStore.open(data);
    streams =
        new LogStreams(store, new LogReader.Patience(Duration.ofMillis(1), Duration.ofDays(1)));
  }

  @AfterEach
  void cancel() {
    streams.cancelAll();
  }

  @Test
  void followingEndsWhenTheInstanceWasToldToEndAndIsForgotten() throws Exception {
    InstanceDirectory launch = launched(1, "one\n");
    follow();
    await("one\n");

    Files.writeString(launch.output(), "last\n", StandardOpenOption.APPEND);
    end(launch, ExitCause.REQUESTED);

    await("last\n" + END);
  }

  @Test
  void followingWaitsForTheLaunchAfterOneThatFailed() throws Exception {
    InstanceDirectory launch = launched(1, "one\n");
    follow();
    await("one\n");

    end(launch, ExitCause.SELF);
    launched(2, "two\n");

    await("two\n");
  }

  @Test
  void followingEndsAfterAFailureThatNothingComesAfter() throws Exception {
    streams =
        new LogStreams(store, new LogReader.Patience(Duration.ofDays(1), Duration.ofMillis(1)));
    InstanceDirectory launch = launched(1, "one\n");
    follow();
    await("one\n");

    end(launch, ExitCause.SELF);

    await(END);
  }

  @Test
  void thePartsOfAForgottenLogAreKeptWithIt() throws Exception {
    InstanceDirectory launch = launched(1, "");
    Printer.print(launch.output(), 1, 1_000);
    RotatedLog log = new RotatedLog(launch.output(), new LogLimits(4096, 1_000), () -> {});
    long now = 0;
    while (log.check(now += 1_000_000_000).isZero()) {
      // There is more to be done.
    }

    end(launch, ExitCause.REQUESTED);

    assertThat(LogPieces.of(launch.output()).pieces()).isNotEmpty();
    streams.open(new LogOrder(1, WEB, 0, false, 0, false), new Answers());
    await(Printer.lines(1, 1_000) + END);
  }

  private InstanceDirectory launched(long epoch, String printed) throws Exception {
    InstanceDirectory launch = store.create(new InstanceId(WEB, 0, epoch));
    Files.writeString(launch.output(), printed);
    return launch;
  }

  private void end(InstanceDirectory launch, ExitCause cause) throws Exception {
    Exit exit =
        new Exit(
            new ExitStatus.Code(0), cause, Instant.parse("2026-11-25T10:00:00Z"), "", List.of());
    launch.record(new Report.Dead(launch.instance(), exit));
    store.forget(launch);
  }

  private void follow() {
    streams.open(new LogOrder(1, WEB, 0, false, 0, true), new Answers());
  }

  private void await(String text) throws InterruptedException {
    StringBuilder come = new StringBuilder();
    while (!come.toString().equals(text)) {
      String piece = answers.poll(20, TimeUnit.SECONDS);
      if (piece == null || !text.startsWith(come.append(piece).toString())) {
        throw new AssertionError("in place of " + text + " came " + come);
      }
    }
  }

  private final class Answers implements LogSink {

    @Override
    public boolean send(byte[] data) {
      return answers.add(new String(data, StandardCharsets.UTF_8));
    }

    @Override
    public void end(String error) {
      answers.add(error + END);
    }
  }
}
