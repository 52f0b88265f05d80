package io.holdfast.agent;

import static io.holdfast.agent.AgentFixture.web;
import static io.holdfast.agent.AgentFixture.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.Exit;
import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.instance.Phase;
import io.holdfast.core.spec.Health;
import io.holdfast.core.spec.Probe;
import io.holdfast.core.spec.ProbeCheck;
import io.holdfast.core.spec.ServiceSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

final class AgentProbeTest {

  private static final InstanceId FIRST = web(0, 1);

  @TempDir Path signs;

  @RegisterExtension private final AgentRig rig = AgentRig.open();
  private final FakeSupervisor supervisor = rig.supervisor();

  @Test
  void anInstanceIsReadyAsLongAsItsReadinessProbePasses() throws Exception {
    supervisor.launch(FIRST, probed(Optional.of(exists("ready")), Optional.empty(), 30));
    supervisor.alive(FIRST, Phase.STARTING);

    Files.createFile(signs.resolve("ready"));
    assertThat(supervisor.alive(FIRST, Phase.READY).probe()).isEmpty();

    Files.delete(signs.resolve("ready"));
    assertThat(supervisor.alive(FIRST, Phase.UNREADY).probe()).isEqualTo("test exited with code 1");

    Files.createFile(signs.resolve("ready"));
    assertThat(supervisor.alive(FIRST, Phase.READY).probe()).isEmpty();
  }

  @Test
  void aHungInstanceIsEndedAndTheProbeIsTheReason() throws Exception {
    Files.createFile(signs.resolve("alive"));
    supervisor.launch(FIRST, probed(Optional.empty(), Optional.of(exists("alive")), 30));
    supervisor.alive(FIRST, Phase.READY);

    Files.delete(signs.resolve("alive"));

    Exit exit = supervisor.dead(FIRST);
    assertThat(exit.cause()).isEqualTo(ExitCause.LIVENESS);
    assertThat(exit.probe()).isEqualTo("test exited with code 1");
  }

  @Test
  void anInstanceThatDoesNotBecomeReadyIsEnded() throws Exception {
    ServiceSpec spec =
        with(
            web("sleep", "600"),
            new Health(
                Optional.empty(),
                Optional.of(exists("never")),
                Optional.empty(),
                Duration.ofMillis(200)));
    supervisor.launch(FIRST, spec);

    Exit exit = supervisor.dead(FIRST);

    assertThat(exit.cause()).isEqualTo(ExitCause.START_DEADLINE);
  }

  private ServiceSpec probed(Optional<Probe> readiness, Optional<Probe> liveness, int seconds) {
    return with(
        web("sleep", "600"),
        new Health(Optional.empty(), readiness, liveness, Duration.ofSeconds(seconds)));
  }

  private Probe exists(String sign) {
    return new Probe(
        new ProbeCheck.Exec(List.of("test", "-e", signs.resolve(sign).toString())),
        Duration.ofMillis(20),
        Duration.ofSeconds(10),
        2,
        1);
  }
}
