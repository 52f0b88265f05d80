package io.holdfast.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.InstanceId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.instance.Phase;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class InstanceDigestTest {

  private static final ServiceName WEB = new ServiceName("web");

  @Test
  void doesNotDependOnTheOrderOfTheMap() {
    Map<InstanceId, Phase> forwards = new LinkedHashMap<>();
    Map<InstanceId, Phase> backwards = new LinkedHashMap<>();
    for (int slot = 0; slot < 50; slot++) {
      forwards.put(new InstanceId(WEB, slot, 1), Phase.READY);
      backwards.put(new InstanceId(WEB, 49 - slot, 1), Phase.READY);
    }

    assertThat(InstanceDigest.of(forwards))
        .isEqualTo(InstanceDigest.of(backwards))
        .isEqualTo(InstanceDigest.of(new TreeMap<>(forwards)));
  }

  @Test
  void tellsEveryPhaseEpochAndSlotApart() {
    Set<Long> seen = new HashSet<>();
    for (Phase phase : Phase.values()) {
      for (int slot = 0; slot < 20; slot++) {
        for (long epoch = 1; epoch <= 20; epoch++) {
          seen.add(InstanceDigest.of(Map.of(new InstanceId(WEB, slot, epoch), phase)));
        }
      }
    }
    assertThat(seen).hasSize(Phase.values().length * 20 * 20);
  }

  @Test
  void seesTwoInstancesSwapTheirPhases() {
    InstanceId one = new InstanceId(WEB, 0, 1);
    InstanceId other = new InstanceId(WEB, 1, 2);

    assertThat(InstanceDigest.of(Map.of(one, Phase.READY, other, Phase.UNREADY)))
        .isNotEqualTo(InstanceDigest.of(Map.of(one, Phase.UNREADY, other, Phase.READY)));
  }

  @Test
  void isPartOfTheProtocolAndStaysAsItIs() {
    assertThat(InstanceDigest.of(Map.of())).isZero();
    assertThat(InstanceDigest.of(Map.of(new InstanceId(WEB, 2, 17), Phase.EXITED)))
        .isEqualTo(-7703367618702667494L);
  }
}
