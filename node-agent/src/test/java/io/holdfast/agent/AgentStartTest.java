package io.holdfast.agent;

import static io.holdfast.agent.AgentFixture.web;
import static io.holdfast.agent.AgentFixture.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.host.Machine;
import io.holdfast.core.instance.Exit;
import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.instance.ExitStatus;
import io.holdfast.core.instance.Phase;
import io.holdfast.core.spec.Health;
import io.holdfast.core.spec.Probe;
import io.holdfast.core.spec.ProbeCheck;
import io.holdfast.core.spec.ServiceSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class AgentStartTest {

  private static final int WIDTH = StartGate.width(Machine.cpus());

  @RegisterExtension private final AgentRig rig = AgentRig.open();
  private final FakeSupervisor supervisor = rig.supervisor();

  @Test
  void whoStartsSlowlyKeepsOthersWaitingAndAllStartInTheEnd() throws Exception {
    int last = 2 * WIDTH - 1;

    for (int slot = 0; slot <= last; slot++) {
      supervisor.launch(web(slot, 1), neverReady());
    }

    for (int slot = 0; slot <= last; slot++) {
      assertThat(supervisor.alive(web(slot, 1), Phase.STARTING).pid()).isPositive();
    }
  }

  @Test
  void whoIsStoppedWhileItWaitsEndsAtOnce() throws Exception {
    // Far more than start while the stop is on its way.
    int last = 5 * WIDTH;
    for (int slot = 0; slot <= last; slot++) {
      supervisor.launch(web(slot, 1), neverReady());
    }

    supervisor.stop(web(last, 1));

    Exit exit = supervisor.dead(web(last, 1));
    assertThat(exit.cause()).isEqualTo(ExitCause.REQUESTED);
    assertThat(exit.status())
        .isEqualTo(new ExitStatus.NotStarted("it was stopped before it was launched"));
  }

  @Test
  void whoIsReadyMakesRoom() throws Exception {
    for (int slot = 0; slot < 5 * WIDTH; slot++) {
      supervisor.launch(web(slot, 1), web("sleep", "600"));
    }

    for (int slot = 0; slot < 5 * WIDTH; slot++) {
      supervisor.alive(web(slot, 1), Phase.READY);
    }
  }

  @Test
  void whoFailsMakesRoom() throws Exception {
    for (int slot = 0; slot < 5 * WIDTH; slot++) {
      supervisor.launch(web(slot, 1), with(web("false"), neverReady().health()));
    }

    for (int slot = 0; slot < 5 * WIDTH; slot++) {
      supervisor.dead(web(slot, 1));
    }
  }

  private static ServiceSpec neverReady() {
    Probe probe =
        new Probe(
            new ProbeCheck.Exec(List.of("false")),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            2,
            1);
    return with(
        web("sleep", "600"),
        new Health(Optional.empty(), Optional.of(probe), Optional.empty(), Duration.ofSeconds(60)));
  }
}
