package io.holdfast.benchmarks;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollSocketChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The one thread on which all simulated peers of a supervisor live, each with a TCP connection of
 * its own: a peer costs little, needs no locks, and leaves the other processor to the supervisor.
 */
final class Loop implements AutoCloseable {

  private static final int LARGEST_MESSAGE = 64 * 1024 * 1024;

  private final EventLoopGroup thread =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());

  /** A connection whose callbacks all come on this thread. */
  ManagedChannel channel(InetSocketAddress supervisor) {
    return NettyChannelBuilder.forAddress(supervisor)
        .usePlaintext()
        .channelType(EpollSocketChannel.class)
        .eventLoopGroup(thread)
        .directExecutor()
        .maxInboundMessageSize(LARGEST_MESSAGE)
        .build();
  }

  void after(Duration delay, Runnable work) {
    var _ = thread.schedule(work, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  void run(Runnable work) {
    var _ = thread.submit(work).syncUninterruptibly();
  }

  <T> T call(Callable<T> question) throws InterruptedException, ExecutionException {
    return thread.submit(question).get();
  }

  @Override
  public void close() {
    var _ = thread.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
