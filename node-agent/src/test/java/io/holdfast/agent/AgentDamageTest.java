package io.holdfast.agent;

import static io.holdfast.agent.AgentFixture.end;
import static io.holdfast.agent.AgentFixture.started;
import static io.holdfast.agent.AgentFixture.web;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.core.CannotStart;
import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.ExitStatus;
import io.holdfast.core.instance.Phase;
import io.holdfast.core.instance.Report;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An agent whose notes have been damaged while it was away. */
@ParameterizedClass(name = "portable = {0}")
@ValueSource(booleans = {false, true})
final class AgentDamageTest {

  private static final InstanceId FIRST = web(0, 1);

  private final boolean portable;
  @TempDir Path data;
  private FakeSupervisor supervisor;

  AgentDamageTest(boolean portable) {
    this.portable = portable;
  }

  @BeforeEach
  void start() throws Exception {
    supervisor = FakeSupervisor.start();
  }

  @AfterEach
  void endAll() throws Exception {
    end(started(data, supervisor, portable));
    supervisor.close();
  }

  static Stream<byte[]> damaged() {
    return Stream.of(
        new byte[0],
        new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1},
        "spec={\"name\": \"we".getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("damaged")
  void anAgentThatCannotReadWhoRunsDoesNotStartAndTouchesNobody(byte[] damage) throws Exception {
    long pid = running();
    byte[] notes = Files.readAllBytes(intent());
    Files.write(intent(), damage);

    refused();

    assertThat(ProcessHandle.of(pid)).isPresent();
    Files.write(intent(), notes);
    takenOver(pid);
  }

  @Test
  void theSameWhenTheNotesAreGone() throws Exception {
    long pid = running();
    byte[] notes = Files.readAllBytes(intent());
    Files.delete(intent());

    refused();

    assertThat(ProcessHandle.of(pid)).isPresent();
    Files.write(intent(), notes);
    takenOver(pid);
  }

  @Test
  void theSameWhenThePidOfOneThatHasRunIsGone() throws Exception {
    long pid = running();
    Path file = directory().resolve("pid");
    byte[] notes = Files.readAllBytes(file);
    Files.delete(file);

    refused();

    assertThat(ProcessHandle.of(pid)).isPresent();
    Files.write(file, notes);
    takenOver(pid);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pid", "phase"})
  void theSameWhenAnotherOfItsNotesIsCutOff(String note) throws Exception {
    long pid = running();
    Path file = directory().resolve(note);
    byte[] notes = Files.readAllBytes(file);
    Files.write(file, new byte[0]);

    refused();

    assertThat(ProcessHandle.of(pid)).isPresent();
    Files.write(file, notes);
    takenOver(pid);
  }

  @ParameterizedTest
  @ValueSource(strings = {"intent", "pid"})
  void theSameWhenANoteMakesSenseAndIsNotAsItWasWritten(String note) throws Exception {
    long pid = running();
    Path file = directory().resolve(note);
    String notes = Files.readString(file);
    // Of the pid its first digit, of the intent the time that the service sleeps.
    Files.writeString(file, note.equals("pid") ? otherDigit(notes) : notes.replace("600", "601"));

    refused();

    assertThat(ProcessHandle.of(pid)).isPresent();
    Files.writeString(file, notes);
    takenOver(pid);
  }

  @Test
  void theSameWhenTheSessionOnRecordIsAnother() throws Exception {
    assumeFalse(portable, "by portable means nothing is done by the session");
    long pid = running();
    Path file = directory().resolve("pid");
    String notes = Files.readString(file);
    String[] fields = notes.split(" ", -1);
    fields[5] = otherDigit(fields[5]);
    Files.writeString(file, String.join(" ", fields));

    refused();

    Files.writeString(file, notes);
    takenOver(pid);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\0\0\0\n", "/sys/fs/cgroup/system.slice\n"})
  void theSameWhenItsControlGroupsAreNotItsOwn(String damage) throws Exception {
    long pid = running();
    Path file = directory().resolve("cgroup");
    assumeTrue(Files.exists(file), "no control groups can be made here");
    String notes = Files.readString(file);
    Files.writeString(file, damage);

    refused();

    assertThat(ProcessHandle.of(pid)).isPresent();
    Files.writeString(file, notes);
    takenOver(pid);
  }

  private static String otherDigit(String notes) {
    return (notes.charAt(0) == '1' ? '2' : '1') + notes.substring(1);
  }

  @Test
  void theSameWhenItWasToStopAndTheNoteOfThatIsCutOff() throws Exception {
    long pid = running();
    Files.writeString(directory().resolve("stop"), "REQUESTED");

    refused();

    assertThat(ProcessHandle.of(pid)).isPresent();
    Files.delete(directory().resolve("stop"));
    takenOver(pid);
  }

  @Test
  void damagedNotesOnOneThatHasEndedKeepNobodyFromStarting() throws Exception {
    try (Agent _ = started(data, supervisor, portable)) {
      supervisor.hello();
      supervisor.launch(FIRST, web("true"));
      assertThat(supervisor.dead(FIRST).status()).isEqualTo(new ExitStatus.Code(0));
      supervisor.snapshot();
    }
    Files.write(directory().resolve("outcome"), new byte[] {(byte) 0xff});

    try (Agent _ = started(data, supervisor, portable)) {
      assertThat(supervisor.reported(supervisor.hello().getSnapshot())).isEmpty();
    }
    Files.delete(directory().resolve("outcome"));
  }

  private long running() throws Exception {
    try (Agent _ = started(data, supervisor, portable)) {
      supervisor.hello();
      supervisor.launch(FIRST, web("sleep", "600"));
      return supervisor.alive(FIRST, Phase.READY).pid();
    }
  }

  private void refused() {
    assertThatThrownBy(() -> AgentFixture.start(data, supervisor.address(), portable))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining("the notes on web/0#1 in " + directory() + " cannot be read")
        .hasMessageEndingWith("and it still runs; no service was touched");
  }

  private void takenOver(long pid) throws Exception {
    try (Agent _ = started(data, supervisor, portable)) {
      assertThat(supervisor.reported(supervisor.hello().getSnapshot()))
          .singleElement()
          .isInstanceOfSatisfying(
              Report.Alive.class, alive -> assertThat(alive.pid()).isEqualTo(pid));
    }
  }

  private Path intent() {
    return directory().resolve("intent");
  }

  private Path directory() {
    return data.resolve("instances").resolve("web.0.1");
  }
}
