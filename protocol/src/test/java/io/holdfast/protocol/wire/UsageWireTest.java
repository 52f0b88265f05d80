package io.holdfast.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.HostUsage;
import io.holdfast.core.InstanceId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.instance.Usage;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class UsageWireTest {

  private static final InstanceId WEB = new InstanceId(new ServiceName("web"), 2, 17);

  @Test
  void whatIsMeasuredComesOverAsItWas() {
    HostUsage host = new HostUsage(OptionalDouble.of(12.5), 1.25, 1L << 33, 1L << 40);
    Map<InstanceId, Usage> instances =
        Map.of(WEB, new Usage(Duration.ofMillis(1_230), 1L << 28, OptionalInt.of(0), 7));

    var wire = UsageWire.toWire(host, instances);

    assertThat(UsageWire.host(wire)).isEqualTo(host);
    assertThat(UsageWire.instances(wire)).isEqualTo(instances);
  }

  @Test
  void whatTheKernelDoesNotTellIsAbsentAndNotZero() {
    HostUsage host = new HostUsage(OptionalDouble.empty(), 0, 0, 0);
    Map<InstanceId, Usage> instances =
        Map.of(WEB, new Usage(Duration.ZERO, 0, OptionalInt.empty(), 1));

    var wire = UsageWire.toWire(host, instances);

    assertThat(UsageWire.host(wire).cpuPressure()).isEmpty();
    assertThat(UsageWire.instances(wire)).isEqualTo(instances);
  }
}
