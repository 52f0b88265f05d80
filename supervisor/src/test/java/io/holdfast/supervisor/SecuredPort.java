package io.holdfast.supervisor;

import io.grpc.Server;
import io.holdfast.core.CannotStart;
import io.holdfast.protocol.security.Access;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A gRPC port secured as a supervisor's is. */
record SecuredPort(Server server) implements AutoCloseable {

  static SecuredPort with(Access access) throws CannotStart {
    return new SecuredPort(
        Listeners.grpc(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            Entrance.of(access),
            new Visitor.Feed()));
  }

  InetSocketAddress address() {
    return (InetSocketAddress) server.getListenSockets().getFirst();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
