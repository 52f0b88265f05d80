package io.holdfast.balancer.gateway;

import io.netty.handler.codec.http.HttpObject;
import io.netty.util.ReferenceCountUtil;

/** Who uses an upstream connection at the moment; called on its event loop. */
interface UpstreamUser {

  /** A part of the response; the receiver releases it. */
  void received(HttpObject part);

  /** All that had arrived has been delivered; the next comes only after another read. */
  void receivedAll();

  /** More of the request may be written. */
  void writable();

  /** The connection has ended. */
  void closed();

  /** Between two requests. What comes then belongs to none of them. */
  static UpstreamUser none(Runnable onEvent) {
    return new UpstreamUser() {
      @Override
      public void received(HttpObject part) {
        ReferenceCountUtil.release(part);
        onEvent.run();
      }

      @Override
      public void receivedAll() {}

      @Override
      public void writable() {}

      @Override
      public void closed() {
        onEvent.run();
      }
    };
  }
}
