package io.holdfast.balancer.gateway;

import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;

/** The client's side of one request. */
interface Client {

  /** The same for all requests from one address. */
  int key();

  /** The next part of the request is wanted. */
  void want();

  /** Writes the head of the response, which says whether the connection goes on. */
  void begin(HttpResponse head, boolean goesOn);

  void write(HttpObject part);

  void flush();

  boolean isWritable();

  /** Writes the head of a switch of protocols, after which every byte goes to the other side. */
  void tunnel(HttpResponse head, Upstream instance, Runnable onEnd);

  /** The response is complete. */
  void end();

  /** The response cannot be completed; a cut connection is the only way left to say so. */
  void abort();
}
