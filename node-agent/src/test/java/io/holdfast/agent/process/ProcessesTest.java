package io.holdfast.agent.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.instance.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds by whichever way processes are handled. */
@ParameterizedClass
@EnumSource(Way.class)
final class ProcessesTest {

  private static final Map<String, String> ENVIRONMENT = Map.of("PATH", "/usr/bin:/bin");

  @TempDir Path record;
  private Processes processes;

  ProcessesTest(Way way) throws IOException {
    processes = way.start();
  }

  @AfterEach
  void endEverything() throws Exception {
    Optional<Sighting> left = Optional.of(processes.look(record, Processes.bootId(), true));
    if (left.get() instanceof Sighting.Alive(ServiceProcess process)) {
      process.signal("KILL");
      process.gone().toCompletableFuture().get(10, SECONDS);
    }
    processes.close();
  }

  @Test
  void aCodeIsReported() throws Exception {
    assertThat(statusOf(launch("sh", "-c", "exit 42"))).isEqualTo(new ExitStatus.Code(42));
  }

  @Test
  void aProgramThatEndsAtOnceIsReportedLikeAnyOther() throws Exception {
    assertThat(statusOf(launch("true"))).isEqualTo(new ExitStatus.Code(0));
  }

  @Test
  void aServiceIsSentTheSignalThatIsNamed() throws Exception {
    ServiceProcess process =
        running("sh", "-c", "trap 'exit 4' USR2; echo up; while :; do sleep 0.05; done");
    assertThat(Lines.first(record, "output")).isEqualTo("up");

    process.signal("USR2");

    assertThat(statusOf(process)).isEqualTo(new ExitStatus.Code(4));
  }

  @Test
  void aKilledProcessIsSeenWithItsSignal() throws Exception {
    ServiceProcess process = running("sleep", "600");

    process.signal("KILL");

    assertThat(statusOf(process)).isEqualTo(new ExitStatus.Signal("KILL", false));
  }

  @Test
  void whatCannotBeWrittenDownDoesNotRun() throws Exception {
    // As a full disk would, a directory keeps the pid from being written.
    Files.createDirectory(record.resolve("pid"));
    Path ran = record.resolve("ran");

    LaunchOutcome outcome = launch("touch", ran.toString());

    assertThat(outcome).isEqualTo(new LaunchOutcome.Failed("its pid cannot be written down"));
    assertThat(ran).doesNotExist();
  }

  @Test
  void theServiceIsTheProcessThatWasAskedForAndNotItsShell() throws Exception {
    ServiceProcess process = running("sh", "-c", "echo $$; exec sleep 600");

    assertThat(Lines.first(record, "output")).isEqualTo(Long.toString(process.pid()));
  }

  @Test
  void argumentsArriveAsTheyAre() throws Exception {
    List<String> odd = List.of("a b", "$HOME", "`id`", "\"'\\", "", "*", "-n", "ü\n");

    statusOf(launch(concat(List.of("printf", "<%s>"), odd)));

    assertThat(output()).isEqualTo("<a b><$HOME><`id`><\"'\\><><*><-n><ü\n>");
  }

  @Test
  void theEnvironmentIsExactlyTheGivenOne() throws Exception {
    Map<String, String> given =
        Map.of("PATH", "/usr/bin:/bin", "A", "1", "dotted.name", "kept", "EMPTY", "");

    statusOf(
        processes.launch(new LaunchOrder(record, List.of("env"), given, record, Optional.empty())));

    assertThat(new TreeSet<>(output().lines().toList()))
        .containsExactly(
            "A=1",
            "EMPTY=",
            "HOLDFAST_RECORD=" + record + "/",
            "PATH=/usr/bin:/bin",
            "dotted.name=kept");
  }

  @Test
  void theShellBesideItTakesNoNamesFromIt() throws Exception {
    Map<String, String> given =
        Map.of("PATH", "/usr/bin:/bin", "c", "1", "d", "2", "n", "3", "w", "4", "st", "5");

    statusOf(
        processes.launch(new LaunchOrder(record, List.of("env"), given, record, Optional.empty())));

    assertThat(output().lines()).contains("c=1", "d=2", "n=3", "w=4", "st=5");
  }

  @Test
  void itRunsInTheGivenDirectory(@TempDir Path elsewhere) throws Exception {
    statusOf(
        processes.launch(
            new LaunchOrder(record, List.of("pwd"), ENVIRONMENT, elsewhere, Optional.empty())));

    assertThat(output().strip()).isEqualTo(elsewhere.toRealPath().toString());
  }

  @Test
  void aProgramThatDoesNotExistIsNotStarted() {
    assertThat(launch("nosuch"))
        .isEqualTo(new LaunchOutcome.Failed("No such file or directory: nosuch"));
  }

  @Test
  void aFileThatMayNotBeRunIsNotStarted() throws Exception {
    Path file = Files.writeString(record.resolve("plain"), "text");

    assertThat(launch(file.toString()))
        .isEqualTo(new LaunchOutcome.Failed("Permission denied: " + file));
  }

  @Test
  void aProgramThatExecRefusesIsNotStarted() throws Exception {
    Path script = Files.writeString(record.resolve("script"), "#!/no/such/interpreter\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));

    assertThat(statusOf(launch(script.toString())))
        .isEqualTo(new ExitStatus.NotStarted("No such file or directory: " + script));
  }

  @Test
  void aDirectoryThatDoesNotExistIsTheReason() {
    LaunchOrder order =
        new LaunchOrder(
            record, List.of("true"), ENVIRONMENT, Path.of("/no/such/place"), Optional.empty());

    assertThat(processes.launch(order))
        .isEqualTo(new LaunchOutcome.Failed("No such file or directory: /no/such/place"));
  }

  @Test
  void whatAServiceLeavesBehindInItsSessionIsKilled() throws Exception {
    ServiceProcess process = running("sh", "-c", "sleep 600 & echo $!; exec sleep 601");
    long child = Long.parseLong(Lines.first(record, "output"));

    process.signal("KILL");
    process.gone().toCompletableFuture().get(10, SECONDS);

    assertThat(ProcStat.read(child).filter(stat -> stat.state() != 'Z')).isEmpty();
  }

  @Test
  void aCommandEndsWithItsCode() throws Exception {
    CommandRun run =
        processes.run(List.of("sh", "-c", "exit 3"), ENVIRONMENT, record, Optional.empty());

    assertThat(run.end().toCompletableFuture().get(10, SECONDS)).isEqualTo(new ExitStatus.Code(3));
  }

  @Test
  void aKilledCommandTakesItsChildrenWithIt() throws Exception {
    Path pids = record.resolve("pids");
    CommandRun run =
        processes.run(
            List.of("sh", "-c", "sleep 600 & echo $! >" + pids + "; wait"),
            ENVIRONMENT,
            record,
            Optional.empty());
    long child = Long.parseLong(Lines.first(record, "pids"));

    run.kill();

    assertThat(run.end().toCompletableFuture().get(10, SECONDS))
        .isEqualTo(new ExitStatus.Signal("KILL", false));
    assertThat(ProcStat.read(child).filter(stat -> stat.state() != 'Z')).isEmpty();
  }

  private LaunchOutcome launch(String... command) {
    return launch(List.of(command));
  }

  private LaunchOutcome launch(List<String> command) {
    return processes.launch(
        new LaunchOrder(record, command, ENVIRONMENT, record, Optional.empty()));
  }

  private ServiceProcess running(String... command) {
    return switch (launch(command)) {
      case LaunchOutcome.Running(ServiceProcess process) -> process;
      case LaunchOutcome.Ended ended -> throw new AssertionError(ended);
      case LaunchOutcome.Failed failed -> throw new AssertionError(failed);
    };
  }

  private static ExitStatus statusOf(LaunchOutcome outcome) throws Exception {
    return switch (outcome) {
      case LaunchOutcome.Running(ServiceProcess process) -> statusOf(process);
      case LaunchOutcome.Ended(long _, Death death) -> death.status();
      case LaunchOutcome.Failed failed -> throw new AssertionError(failed);
    };
  }

  /** The status, once the shim has written it down as well. */
  private static ExitStatus statusOf(ServiceProcess process) throws Exception {
    ExitStatus status = process.death().toCompletableFuture().get(10, SECONDS).status();
    process.gone().toCompletableFuture().get(10, SECONDS);
    return status;
  }

  private String output() throws IOException {
    return Files.readString(record.resolve("output"));
  }

  private static List<String> concat(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}
