package io.holdfast.agent;

import static io.holdfast.agent.AgentFixture.shell;
import static io.holdfast.agent.AgentFixture.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.HostUsage;
import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.Phase;
import io.holdfast.core.instance.Usage;
import io.holdfast.protocol.wire.UsageWire;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class AgentUsageTest {

  private static final InstanceId FIRST = web(0, 1);
  private static final int MOST_BEATS = 1_000;

  @RegisterExtension private final AgentRig rig = AgentRig.open();
  private final FakeSupervisor supervisor = rig.supervisor();

  @Test
  void whatAllProcessesOfAnInstanceUseIsToldTogether() throws Exception {
    supervisor.launch(
        FIRST,
        shell("sleep 600 & sleep 600 & i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done; wait"));
    supervisor.alive(FIRST, Phase.READY);

    Usage usage =
        used(told -> told.threads() == 3 && told.cpu().compareTo(Duration.ofMillis(20)) > 0);

    assertThat(usage.memoryBytes()).isBetween(500_000L, 50_000_000L);
    assertThat(usage.descriptors().orElse(0)).isBetween(9, 30);
  }

  @Test
  void aStreamThatComesAnewIsToldAllOfIt() throws Exception {
    supervisor.launch(FIRST, web("sleep", "600"));
    supervisor.alive(FIRST, Phase.READY);
    Usage before = used(_ -> true);

    supervisor.drop();

    assertThat(used(_ -> true)).isEqualTo(before);
  }

  @Test
  void theHostIsDescribed() throws Exception {
    for (int i = 0; i < MOST_BEATS; i++) {
      var beat = supervisor.beat();
      if (beat.hasUsage()) {
        HostUsage host = UsageWire.host(beat.getUsage());
        assertThat(host.memoryAvailable()).isPositive();
        assertThat(host.diskFree()).isPositive();
        assertThat(host.load()).isNotNegative();
        return;
      }
    }
    throw new AssertionError("nothing was measured");
  }

  private Usage used(Predicate<Usage> wanted) throws InterruptedException {
    for (int i = 0; i < MOST_BEATS; i++) {
      Optional<Usage> usage =
          Optional.ofNullable(UsageWire.instances(supervisor.beat().getUsage()).get(FIRST))
              .filter(wanted);
      if (usage.isPresent()) {
        return usage.get();
      }
    }
    throw new AssertionError("no such usage was told of");
  }
}
