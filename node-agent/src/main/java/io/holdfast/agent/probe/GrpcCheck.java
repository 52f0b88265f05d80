package io.holdfast.agent.probe;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.holdfast.protocol.health.HealthCheckRequest;
import io.holdfast.protocol.health.HealthCheckResponse.ServingStatus;
import io.holdfast.protocol.health.HealthGrpc;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The standard health service of gRPC. The channel stays open from one check to the next; one that
 * has failed is replaced, because gRPC would wait longer and longer before it tried again.
 */
final class GrpcCheck implements Check {

  /** An answer takes two bytes. */
  private static final int LARGEST_ANSWER = 1024;

  private final InetSocketAddress address;
  private final String service;
  private final Duration timeout;
  private Optional<ManagedChannel> channel = Optional.empty();

  GrpcCheck(InetSocketAddress address, String service, Duration timeout) {
    this.address = address;
    this.service = service;
    this.timeout = timeout;
  }

  @Override
  public ProbeResult run() throws NotMade {
    ManagedChannel open = channel.orElseGet(this::open);
    channel = Optional.of(open);
    try {
      ServingStatus status =
          HealthGrpc.newBlockingStub(open)
              .withDeadlineAfter(timeout.toNanos(), TimeUnit.NANOSECONDS)
              .check(HealthCheckRequest.newBuilder().setService(service).build())
              .getStatus();
      return status == ServingStatus.SERVING
          ? ProbeResult.passed()
          : ProbeResult.missed(what() + " answered " + status);
    } catch (StatusRuntimeException e) {
      close();
      Optional<Throwable> shortage = causes(e.getStatus()).filter(Shortage::isBehind).findFirst();
      if (shortage.isPresent()) {
        throw new NotMade(what() + ": " + shortage.get().getMessage(), e);
      }
      return ProbeResult.missed(what() + reason(e.getStatus()));
    }
  }

  private static Stream<Throwable> causes(Status status) {
    return Stream.iterate(
            Optional.ofNullable(status.getCause()),
            Optional::isPresent,
            cause -> cause.map(Throwable::getCause))
        .flatMap(Optional::stream);
  }

  @Override
  public void close() {
    channel.ifPresent(ManagedChannel::shutdownNow);
    channel = Optional.empty();
  }

  private ManagedChannel open() {
    return NettyChannelBuilder.forAddress(address)
        .usePlaintext()
        .directExecutor()
        .maxInboundMessageSize(LARGEST_ANSWER)
        .build();
  }

  private String what() {
    String whose = service.isEmpty() ? "the server" : "'" + service + "'";
    return "the health check of " + whose + " on port " + address.getPort();
  }

  private String reason(Status status) {
    return switch (status.getCode()) {
      case DEADLINE_EXCEEDED -> " got no answer within " + timeout.toMillis() + "ms";
      case NOT_FOUND -> " answered that there is no such service";
      case UNIMPLEMENTED -> " found no health service";
      case UNAVAILABLE -> ": " + unavailable(status);
      case OK,
          CANCELLED,
          UNKNOWN,
          INVALID_ARGUMENT,
          ALREADY_EXISTS,
          PERMISSION_DENIED,
          RESOURCE_EXHAUSTED,
          FAILED_PRECONDITION,
          ABORTED,
          OUT_OF_RANGE,
          INTERNAL,
          DATA_LOSS,
          UNAUTHENTICATED ->
          " failed with " + status.getCode();
    };
  }

  private static String unavailable(Status status) {
    boolean refused = causes(status).anyMatch(ConnectException.class::isInstance);
    return refused
        ? "Connection refused"
        : Optional.ofNullable(status.getDescription()).orElse("the server cannot be reached");
  }
}
