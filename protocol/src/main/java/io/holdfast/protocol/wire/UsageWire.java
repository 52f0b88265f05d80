package io.holdfast.protocol.wire;

import io.holdfast.core.HostUsage;
import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.Usage;
import io.holdfast.protocol.agent.InstanceUsage;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** What hosts and instances use, to and from the wire. */
public final class UsageWire {

  private UsageWire() {}

  public static io.holdfast.protocol.agent.Usage toWire(
      HostUsage host, Map<InstanceId, Usage> instances) {
    var wire =
        io.holdfast.protocol.agent.Usage.newBuilder()
            .setLoad(host.load())
            .setMemoryAvailable(host.memoryAvailable())
            .setDiskFree(host.diskFree());
    host.cpuPressure().ifPresent(wire::setCpuPressure);
    instances.forEach((instance, usage) -> wire.addInstances(toWire(instance, usage)));
    return wire.build();
  }

  public static HostUsage host(io.holdfast.protocol.agent.Usage wire) {
    return new HostUsage(
        wire.hasCpuPressure() ? OptionalDouble.of(wire.getCpuPressure()) : OptionalDouble.empty(),
        wire.getLoad(),
        wire.getMemoryAvailable(),
        wire.getDiskFree());
  }

  public static Map<InstanceId, Usage> instances(io.holdfast.protocol.agent.Usage wire) {
    Map<InstanceId, Usage> instances = new HashMap<>();
    for (InstanceUsage each : wire.getInstancesList()) {
      instances.put(
          AgentWire.id(each.getInstance()),
          new Usage(
              WireTime.duration(each.getCpu()),
              each.getMemoryBytes(),
              each.hasDescriptors() ? OptionalInt.of(each.getDescriptors()) : OptionalInt.empty(),
              each.getThreads()));
    }
    return instances;
  }

  private static InstanceUsage toWire(InstanceId instance, Usage usage) {
    InstanceUsage.Builder wire =
        InstanceUsage.newBuilder()
            .setInstance(AgentWire.ref(instance))
            .setCpu(WireTime.duration(usage.cpu()))
            .setMemoryBytes(usage.memoryBytes())
            .setThreads(usage.threads());
    usage.descriptors().ifPresent(wire::setDescriptors);
    return wire.build();
  }
}
