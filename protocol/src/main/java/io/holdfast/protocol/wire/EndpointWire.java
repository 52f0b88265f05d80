package io.holdfast.protocol.wire;

import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.routing.Endpoint;
import io.holdfast.core.routing.EndpointState;
import io.holdfast.protocol.routing.InstanceRef;

/** One endpoint of a view, to and from the wire. */
final class EndpointWire {

  private EndpointWire() {}

  static io.holdfast.protocol.routing.Endpoint toWire(Endpoint endpoint) {
    return io.holdfast.protocol.routing.Endpoint.newBuilder()
        .setInstance(ref(endpoint.instance()))
        .setNode(endpoint.node().value())
        .setAddress(endpoint.address())
        .setPort(endpoint.port())
        .setState(state(endpoint.state()))
        .setWeight(endpoint.weight())
        .setZone(endpoint.zone())
        .setReadySince(WireTime.instant(endpoint.readySince()))
        .build();
  }

  static Endpoint fromWire(io.holdfast.protocol.routing.Endpoint wire) {
    Wire.expect(!wire.getAddress().isBlank(), "an endpoint with an address");
    Wire.expect(wire.getWeight() >= 1, "a weight from 1");
    return new Endpoint(
        id(wire.getInstance()),
        new NodeId(wire.getNode()),
        wire.getAddress(),
        Wire.port(wire.getPort()),
        state(wire.getState()),
        wire.getWeight(),
        wire.getZone(),
        WireTime.instant(wire.getReadySince()));
  }

  static InstanceRef ref(InstanceId id) {
    return InstanceRef.newBuilder()
        .setService(id.service().value())
        .setSlot(id.slot())
        .setEpoch(id.epoch())
        .build();
  }

  static InstanceId id(InstanceRef ref) {
    return new InstanceId(new ServiceName(ref.getService()), ref.getSlot(), ref.getEpoch());
  }

  private static io.holdfast.protocol.routing.EndpointState state(EndpointState state) {
    return switch (state) {
      case OK -> io.holdfast.protocol.routing.EndpointState.ENDPOINT_STATE_OK;
      case SUSPECT -> io.holdfast.protocol.routing.EndpointState.ENDPOINT_STATE_SUSPECT;
      case DRAINING -> io.holdfast.protocol.routing.EndpointState.ENDPOINT_STATE_DRAINING;
    };
  }

  private static EndpointState state(io.holdfast.protocol.routing.EndpointState state) {
    return switch (state) {
      case ENDPOINT_STATE_OK -> EndpointState.OK;
      case ENDPOINT_STATE_SUSPECT -> EndpointState.SUSPECT;
      case ENDPOINT_STATE_DRAINING -> EndpointState.DRAINING;
      case ENDPOINT_STATE_UNSPECIFIED, UNRECOGNIZED ->
          throw Wire.nonsense("a known endpoint state");
    };
  }
}
