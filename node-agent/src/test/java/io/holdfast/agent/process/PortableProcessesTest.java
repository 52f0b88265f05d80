package io.holdfast.agent.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.instance.ExitStatus;
import io.holdfast.core.spec.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused without native calls, and what stands in for a lock. */
final class PortableProcessesTest {

  private static final Map<String, String> ENVIRONMENT = Map.of("PATH", "/usr/bin:/bin");
  private static final String UNABLE = "its agent launches by portable means, which cannot ";

  @TempDir Path record;
  private final Processes processes;

  PortableProcessesTest() throws IOException {
    processes = Way.PORTABLE.start();
  }

  @AfterEach
  void endEverything() throws Exception {
    if (processes.look(record, Processes.bootId(), true)
        instanceof Sighting.Alive(ServiceProcess process)) {
      end(process);
    }
    processes.close();
  }

  @Test
  void whatCannotBeGivenIsRefused() {
    String own = System.getProperty("user.name");
    Optional<String> other = Optional.of(own.equals("nobody") ? "root" : "nobody");
    Resources little =
        new Resources(OptionalLong.of(16L << 20), OptionalInt.empty(), OptionalInt.empty());
    Optional<GuardOrder> guard =
        Optional.of(new GuardOrder(record, Duration.ofSeconds(8), Duration.ZERO, "TERM"));

    assertThat(launch(order(other, Optional.empty(), Resources.UNLIMITED)))
        .isEqualTo(failed(UNABLE + "run anything as another user than " + own));
    assertThat(launch(order(Optional.empty(), guard, Resources.UNLIMITED)))
        .isEqualTo(failed(UNABLE + "keep a service exclusive"));
    assertThat(launch(order(Optional.empty(), Optional.empty(), little)))
        .isEqualTo(failed(UNABLE + "limit what a service uses"));
    assertThatThrownBy(() -> processes.listen(record, Optional.empty()))
        .isInstanceOf(IOException.class)
        .hasMessage(UNABLE + "hear what a service says by sd_notify");
  }

  @Test
  void theAgentsOwnUserIsNoOtherOne() {
    Optional<String> own = Optional.of(System.getProperty("user.name"));

    assertThat(launch(order(own, Optional.empty(), Resources.UNLIMITED)))
        .isInstanceOf(LaunchOutcome.Running.class);
  }

  @Test
  void aLaunchLeavesTheSessionOfTheAgent() throws Exception {
    ServiceProcess service = running(processes);

    long session = ProcStat.read(service.pid()).orElseThrow().session();

    assertThat(session)
        .isNotEqualTo(ProcStat.read(ProcessHandle.current().pid()).orElseThrow().session());
  }

  @Test
  void nothingIsLaunchedTwiceFromOneRecord() {
    running(processes);

    assertThat(launch()).isEqualTo(failed("it has been launched before"));
  }

  @Test
  void ofTwoShimsForOneRecordTheSecondRunsNothing() throws Exception {
    ServiceProcess first = running(processes);

    Process second = shim("echo twice").start();

    assertThat(second.errorReader().readLine()).isEqualTo("not again");
    second.waitFor();
    assertThat(Files.readString(record.resolve("output"))).isEmpty();
    assertThat(Files.readString(record.resolve("exit"))).isBlank();
    assertThat(processes.look(record, Processes.bootId(), false))
        .isInstanceOfSatisfying(
            Sighting.Alive.class,
            alive -> assertThat(alive.process().pid()).isEqualTo(first.pid()));
  }

  @Test
  void aLaunchThatALaterAgentHasRevokedComesTooLate() throws Exception {
    Traces.freshPortable(record);

    assertThat(processes.look(record, Processes.bootId(), false)).isEqualTo(new Sighting.Revoked());
    Process late = shim("echo late").start();

    assertThat(late.errorReader().readLine()).isEqualTo("not again");
    late.waitFor();
    assertThat(Files.readString(record.resolve("output"))).isEmpty();
    assertThat(processes.look(record, Processes.bootId(), false)).isEqualTo(new Sighting.Revoked());
  }

  @Test
  void aServiceWhoseAgentEndsDuringItsLaunchIsLaunchedAllTheSame() throws Exception {
    Process shim = shim("exit 7").start();
    shim.errorReader().close();
    shim.waitFor();

    assertThat(processes.look(record, Processes.bootId(), false))
        .isInstanceOfSatisfying(
            Sighting.Dead.class,
            dead -> assertThat(dead.death().status()).isEqualTo(new ExitStatus.Code(7)));
  }

  @Test
  void aRecordThatCannotBeReadIsDamagedWhileSomethingLives() throws Exception {
    ServiceProcess service = running(processes);
    String line = Files.readString(record.resolve("pid"));
    Files.writeString(record.resolve("pid"), "12");

    assertThatIOException().isThrownBy(() -> processes.checkTraces(record, false));
    assertThat(processes.mayLive(record)).isTrue();

    Files.writeString(record.resolve("pid"), line);
    end(service);
    assertThatCode(() -> processes.checkTraces(record, false)).doesNotThrowAnyException();
    assertThat(processes.mayLive(record)).isFalse();
  }

  @Test
  void aProcessThatBeganAfterItsRecordIsAnotherOne() throws Exception {
    try (Processes blind = Way.PORTABLE_BLIND.start()) {
      running(blind);
      assertThat(blind.mayLive(record)).isTrue();

      Files.setLastModifiedTime(
          record.resolve("pid"), FileTime.from(Instant.now().minus(Duration.ofHours(1))));

      assertThat(blind.mayLive(record)).isFalse();
    }
  }

  @Test
  void withoutProcAPidIsAllThatIsWrittenDown() throws Exception {
    Process shim =
        shim("echo $$; exec sleep 600", script -> script.replace("/proc/self/", "/no/")).start();

    String word = shim.errorReader().readLine();

    assertThat(word).matches("[0-9]+").isEqualTo(Lines.first(record, "output"));
    assertThat(Files.readString(record.resolve("pid"))).isEqualTo(word + "\n");
    try (Processes blind = Way.PORTABLE_BLIND.start()) {
      Sighting.Alive alive = (Sighting.Alive) blind.look(record, Processes.bootId(), false);
      assertThat(alive.process().pid()).isEqualTo(Long.parseLong(word));
      end(alive.process());
    }
  }

  @Test
  void aNativeAgentTakesOverWhatWasLaunchedWithoutNativeCalls() throws Exception {
    ServiceProcess before = running(processes);
    try (Processes successor = Way.NATIVE.start()) {
      assertThat(successor.mayLive(record)).isTrue();
      Sighting.Alive alive = (Sighting.Alive) successor.look(record, Processes.bootId(), false);
      assertThat(alive.process().pid()).isEqualTo(before.pid());

      end(alive.process());
    }
  }

  @Test
  void whatANativeAgentHasLaunchedIsTakenOverWithoutNativeCalls() throws Exception {
    try (Processes predecessor = Way.NATIVE.start()) {
      ServiceProcess before = running(predecessor);

      Sighting.Alive alive = (Sighting.Alive) processes.look(record, Processes.bootId(), false);

      assertThat(alive.process().pid()).isEqualTo(before.pid());
      end(alive.process());
      before.gone().toCompletableFuture().get(10, SECONDS);
    }
  }

  private LaunchOutcome launch() {
    return launch(order(Optional.empty(), Optional.empty(), Resources.UNLIMITED));
  }

  private LaunchOutcome launch(LaunchOrder order) {
    return processes.launch(order);
  }

  private ServiceProcess running(Processes by) {
    LaunchOutcome outcome =
        by.launch(order(Optional.empty(), Optional.empty(), Resources.UNLIMITED));
    assertThat(outcome).isInstanceOf(LaunchOutcome.Running.class);
    return ((LaunchOutcome.Running) outcome).process();
  }

  private LaunchOrder order(
      Optional<String> user, Optional<GuardOrder> guard, Resources resources) {
    return new LaunchOrder(
        record, List.of("sleep", "600"), ENVIRONMENT, record, user, guard, resources);
  }

  private ProcessBuilder shim(String script) throws IOException {
    return shim(script, UnaryOperator.identity());
  }

  private ProcessBuilder shim(String script, UnaryOperator<String> changed) throws IOException {
    List<String> command =
        Shim.portableService(
            Traces.freshPortable(record), record, List.of("/bin/sh", "-c", script));
    return PortableMeans.builder(
            command.stream().map(changed).toList(), Processes.marked(ENVIRONMENT, record))
        .redirectOutput(ProcessBuilder.Redirect.appendTo(record.resolve("output").toFile()))
        .redirectError(ProcessBuilder.Redirect.PIPE);
  }

  private static void end(ServiceProcess process) throws Exception {
    process.signal("KILL");
    assertThat(process.death().toCompletableFuture().get(10, SECONDS).status())
        .isEqualTo(new ExitStatus.Signal("KILL", false));
    process.gone().toCompletableFuture().get(10, SECONDS);
  }

  private static LaunchOutcome failed(String why) {
    return new LaunchOutcome.Failed(why);
  }
}
