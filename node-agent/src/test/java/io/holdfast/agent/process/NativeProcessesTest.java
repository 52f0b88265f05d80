package io.holdfast.agent.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.instance.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only native calls can do. */
final class NativeProcessesTest {

  private static final Map<String, String> ENVIRONMENT = Map.of("PATH", "/usr/bin:/bin");

  @TempDir Path record;
  private final Processes processes;

  NativeProcessesTest() throws IOException {
    processes = Way.NATIVE.start();
  }

  @AfterEach
  void endEverything() throws Exception {
    if (processes.look(record, Processes.bootId(), true)
        instanceof Sighting.Alive(ServiceProcess process)) {
      process.signal("KILL");
      process.gone().toCompletableFuture().get(10, SECONDS);
    }
    processes.close();
  }

  @Test
  void thisHostHasWhatTheyTake() {
    assertThat(NativeTrial.obstacle()).isEmpty();
  }

  @Test
  void theProcessHasItsOwnSessionDefaultSignalsAndNoForeignDescriptors() throws Exception {
    ServiceProcess process = running("sh", "-c", "echo up; exec sleep 600");
    assertThat(Lines.first(record, "output")).isEqualTo("up");
    Path proc = Path.of("/proc/" + process.pid());

    List<String> status = Files.readAllLines(proc.resolve("status"));
    assertThat(status).contains("SigIgn:\t0000000000000000", "SigBlk:\t0000000000000000");
    assertThat(process.session().orElseThrow())
        .isNotEqualTo(session(ProcessHandle.current().pid()));
    assertThat(descriptors(proc)).containsExactlyInAnyOrder("0", "1", "2", "4");
  }

  @Test
  void anUnknownUserIsTheReason() {
    LaunchOrder order =
        new LaunchOrder(record, List.of("true"), ENVIRONMENT, record, Optional.of("no-such-user"));

    assertThat(processes.launch(order))
        .isEqualTo(new LaunchOutcome.Failed("No such user: no-such-user"));
  }

  @Test
  void nothingIsLaunchedTwiceFromOneRecord() {
    launch("sleep", "600");

    assertThat(launch("sleep", "600"))
        .isEqualTo(new LaunchOutcome.Failed("it has been launched before and still runs"));
  }

  @Test
  void aServiceWhoseAgentEndsDuringItsLaunchIsLaunchedAllTheSame() throws Exception {
    Fds.Pipe word = Fds.pipe();
    int lock = Fds.lock(record.resolve("lock")).orElseThrow();
    Fds.close(word.readEnd());

    int shim =
        new Spawn(
                Shim.SHELL,
                Shim.service(
                    Traces.fresh(record, Optional.empty()),
                    record,
                    List.of("/bin/sh", "-c", "exit 7")),
                ENVIRONMENT,
                record.resolve("output"),
                List.of(word.writeEnd(), lock))
            .start();
    Fds.close(word.writeEnd());
    Fds.close(lock);

    Pidfd ended = Pidfd.find(shim).orElseThrow();
    assertThat(ended.awaitEnd(Duration.ofSeconds(20))).isTrue();
    ended.reap();
    ended.close();
    assertThat(processes.look(record, Processes.bootId(), true))
        .isInstanceOfSatisfying(
            Sighting.Dead.class,
            dead -> assertThat(dead.death().status()).isEqualTo(new ExitStatus.Code(7)));
  }

  @Test
  void aLockedRecordWithoutAPidIsUnclear() throws Exception {
    int lock = Fds.lock(record.resolve("lock")).orElseThrow();
    try {
      assertThat(processes.look(record, Processes.bootId(), false))
          .isInstanceOf(Sighting.Unclear.class);
    } finally {
      Fds.close(lock);
    }
  }

  @Test
  void whatCouldNotBeWrittenDownAtOneTryIsLaunchedAtTheNext() throws Exception {
    Files.createFile(record.resolve("pid"));

    assertThat(processes.look(record, Processes.bootId(), true))
        .isEqualTo(new Sighting.NeverLaunched());

    ServiceProcess service = running("sleep", "600");
    assertThat(Files.readString(record.resolve("pid"))).startsWith(service.pid() + " ");
  }

  @Test
  void aReusedPidIsNotTakenForTheProcess() throws Exception {
    ServiceProcess service = running("sleep", "600");
    service.signal("KILL");
    service.gone().toCompletableFuture().get(20, TimeUnit.SECONDS);
    Files.delete(record.resolve("exit"));
    String ended = Files.readString(record.resolve("pid"));
    long self = ProcessHandle.current().pid();
    Files.writeString(record.resolve("pid"), ended.replaceFirst("\\d+", Long.toString(self)));

    assertThat(processes.look(record, Processes.bootId(), false)).isInstanceOf(Sighting.Dead.class);
  }

  private LaunchOutcome launch(String... command) {
    return processes.launch(
        new LaunchOrder(record, List.of(command), ENVIRONMENT, record, Optional.empty()));
  }

  private ServiceProcess running(String... command) {
    LaunchOutcome outcome = launch(command);
    assertThat(outcome).isInstanceOf(LaunchOutcome.Running.class);
    return ((LaunchOutcome.Running) outcome).process();
  }

  private static long session(long pid) {
    return ProcStat.read(pid).orElseThrow().session();
  }

  private static Set<String> descriptors(Path proc) throws IOException {
    try (var entries = Files.list(proc.resolve("fd"))) {
      return entries.map(entry -> entry.getFileName().toString()).collect(Collectors.toSet());
    }
  }
}
