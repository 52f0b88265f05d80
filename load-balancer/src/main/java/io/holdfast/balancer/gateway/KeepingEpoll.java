package io.holdfast.balancer.gateway;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;

/**
 * Netty's epoll, but a socket stays in it while nothing is waited for.
 *
 * <p>Since 4.2.13 and still in 4.2.20 (netty/netty#16689) Netty takes such a socket out and fails
 * to change it later as if it were in, which ends the connection: it happens to one whose client
 * has said all while what it is to get does not fit. Asking for nothing but edges wakes nobody for
 * nothing either.
 */
final class KeepingEpoll implements IoHandler {

  private final IoHandler epoll;

  private KeepingEpoll(IoHandler epoll) {
    this.epoll = epoll;
  }

  static IoHandlerFactory newFactory() {
    IoHandlerFactory factory = EpollIoHandler.newFactory();
    return executor -> new KeepingEpoll(factory.newHandler(executor));
  }

  @Override
  public void initialize() {
    epoll.initialize();
  }

  @Override
  public int run(IoHandlerContext context) {
    return epoll.run(context);
  }

  @Override
  public void prepareToDestroy() {
    epoll.prepareToDestroy();
  }

  @Override
  public void destroy() {
    epoll.destroy();
  }

  @Override
  public IoRegistration register(IoHandle handle) throws Exception {
    return new Kept(epoll.register(handle));
  }

  @Override
  public void wakeup() {
    epoll.wakeup();
  }

  @Override
  public boolean isCompatible(Class<? extends IoHandle> handleType) {
    return epoll.isCompatible(handleType);
  }

  /** Used on its event loop alone. */
  private static final class Kept implements IoRegistration {

    private final IoRegistration registration;
    private boolean isIn;

    private Kept(IoRegistration registration) {
      this.registration = registration;
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // It is Netty's.
    public <T> T attachment() {
      return registration.attachment();
    }

    /** A socket that is not in yet is kept out: epoll would take it for one that has ended. */
    @Override
    public long submit(IoOps ops) {
      boolean waits = !ops.equals(EpollIoOps.NONE);
      isIn |= waits;
      return registration.submit(isIn && !waits ? EpollIoOps.EPOLLET : ops);
    }

    @Override
    public boolean isValid() {
      return registration.isValid();
    }

    @Override
    public boolean cancel() {
      return registration.cancel();
    }
  }
}
