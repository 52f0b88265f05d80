package io.holdfast.agent;

import static io.holdfast.agent.AgentFixture.end;
import static io.holdfast.agent.AgentFixture.shell;
import static io.holdfast.agent.AgentFixture.started;
import static io.holdfast.agent.AgentFixture.web;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.agent.log.Mount;
import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.ExitStatus;
import io.holdfast.core.instance.Phase;
import io.holdfast.core.instance.Report;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent whose disk is full: nobody is harmed, and ends are known. */
final class AgentFullDiskTest {

  private static final InstanceId STEADY = web(0, 1);
  private static final InstanceId ENDING = web(1, 2);
  private static final InstanceId REFUSED = web(2, 3);

  @TempDir Path directory;
  private FakeSupervisor supervisor;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(Mount.obstacle().isEmpty(), Mount.obstacle());
    supervisor = FakeSupervisor.start();
  }

  @AfterEach
  void close() {
    if (Mount.obstacle().isEmpty()) {
      supervisor.close();
    }
  }

  @Test
  void restartsOfTheAgentChangeNothingAndEndsAreKnown() throws Exception {
    Path go = directory.resolve("go");
    Path disk = Files.createDirectory(directory.resolve("disk"));
    try (Mount _ = Mount.of("tmpfs", "size=2m", disk)) {
      Path data = disk.resolve("agent");
      long pid;
      try (Agent _ = started(data, supervisor)) {
        supervisor.hello();
        supervisor.launch(STEADY, web("sleep", "600"));
        supervisor.launch(ENDING, shell("until [ -e " + go + " ]; do sleep 0.02; done; exit 9"));
        pid = supervisor.alive(STEADY, Phase.READY).pid();
        supervisor.alive(ENDING, Phase.READY);
      }
      fill(disk);

      try (Agent _ = started(data, supervisor)) {
        assertThat(pids(supervisor.reported(supervisor.hello().getSnapshot()))).contains(pid);
        Files.createFile(go);
        assertThat(supervisor.dead(ENDING).status()).isEqualTo(new ExitStatus.Code(9));
        supervisor.launch(REFUSED, web("sleep", "600"));
        assertThat(supervisor.dead(REFUSED).status()).isInstanceOf(ExitStatus.NotStarted.class);
      }

      Agent last = started(data, supervisor);
      assertThat(pids(supervisor.reported(supervisor.hello().getSnapshot()))).contains(pid);
      end(last);
      assertThat(ProcessHandle.of(pid)).isEmpty();
    }
  }

  @Test
  void whoEndsWhileThereIsNoAgentIsKnownWithItsCode() throws Exception {
    Path go = directory.resolve("go");
    Path disk = Files.createDirectory(directory.resolve("disk"));
    try (Mount _ = Mount.of("tmpfs", "size=2m", disk)) {
      Path data = disk.resolve("agent");
      long pid;
      try (Agent _ = started(data, supervisor)) {
        supervisor.hello();
        supervisor.launch(ENDING, shell("until [ -e " + go + " ]; do sleep 0.02; done; exit 9"));
        pid = supervisor.alive(ENDING, Phase.READY).pid();
      }
      fill(disk);
      ProcessHandle service = ProcessHandle.of(pid).orElseThrow();
      Files.createFile(go);
      service.onExit().get(20, SECONDS);

      Agent last = started(data, supervisor);
      supervisor.hello();
      supervisor.launch(ENDING, web("true"));
      assertThat(supervisor.dead(ENDING).status()).isEqualTo(new ExitStatus.Code(9));
      end(last);
    }
  }

  @Test
  void aRefusedLaunchLeavesNothingBehind() throws Exception {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    try (Mount _ = Mount.of("tmpfs", "size=2m", disk)) {
      Agent agent = started(disk.resolve("agent"), supervisor);
      supervisor.hello();
      fill(disk);

      supervisor.launch(REFUSED, web("sleep", "600"));

      assertThat(supervisor.dead(REFUSED).status()).isInstanceOf(ExitStatus.NotStarted.class);
      assertThat(disk.resolve("agent/instances")).isEmptyDirectory();
      end(agent);
    }
  }

  private static List<Long> pids(List<Report> reports) {
    return reports.stream()
        .flatMap(
            report ->
                report instanceof Report.Alive alive
                    ? java.util.stream.Stream.of(alive.pid())
                    : java.util.stream.Stream.empty())
        .toList();
  }

  private static void fill(Path disk) throws IOException {
    try (OutputStream out = Files.newOutputStream(disk.resolve("ballast"))) {
      while (true) {
        out.write(new byte[4096]);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }
}
