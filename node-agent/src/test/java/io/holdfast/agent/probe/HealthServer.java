package io.holdfast.agent.probe;

import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.holdfast.protocol.health.HealthCheckRequest;
import io.holdfast.protocol.health.HealthCheckResponse;
import io.holdfast.protocol.health.HealthCheckResponse.ServingStatus;
import io.holdfast.protocol.health.HealthGrpc;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A gRPC server with the standard health service; it answers for the services it is told of. */
final class HealthServer extends HealthGrpc.HealthImplBase implements AutoCloseable {

  private final Map<String, ServingStatus> services = new ConcurrentHashMap<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final Server server;
  private volatile boolean silent;

  private HealthServer(int port, boolean healthy) throws IOException {
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .directExecutor()
            .addTransportFilter(new Connections(connections));
    server = (healthy ? builder.addService(this) : builder).build().start();
  }

  static HealthServer start() throws IOException {
    return new HealthServer(0, true);
  }

  static HealthServer startAt(int port) throws IOException {
    return new HealthServer(port, true);
  }

  static HealthServer withoutHealth() throws IOException {
    return new HealthServer(0, false);
  }

  int port() {
    return server.getPort();
  }

  int connections() {
    return connections.get();
  }

  HealthServer set(String service, ServingStatus status) {
    services.put(service, status);
    return this;
  }

  void beSilent() {
    silent = true;
  }

  @Override
  public void check(HealthCheckRequest request, StreamObserver<HealthCheckResponse> answer) {
    if (silent) {
      return;
    }
    Optional<ServingStatus> status = Optional.ofNullable(services.get(request.getService()));
    if (status.isEmpty()) {
      answer.onError(Status.NOT_FOUND.asRuntimeException());
      return;
    }
    answer.onNext(HealthCheckResponse.newBuilder().setStatus(status.get()).build());
    answer.onCompleted();
  }

  @Override
  public void close() {
    server.shutdownNow();
    try {
      server.awaitTermination();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Connections extends io.grpc.ServerTransportFilter {

    private final AtomicInteger count;

    Connections(AtomicInteger count) {
      this.count = count;
    }

    @Override
    public io.grpc.Attributes transportReady(io.grpc.Attributes attributes) {
      count.incrementAndGet();
      return attributes;
    }
  }
}
