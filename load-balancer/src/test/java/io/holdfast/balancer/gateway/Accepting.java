package io.holdfast.balancer.gateway;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Consumer;

/**
 * Takes the connections of an instance until its listener is closed, each by a thread of its own.
 */
final class Accepting {

  private Accepting() {}

  static void start(ServerSocket listener, Consumer<Socket> serve) {
    Thread.ofVirtual().start(() -> accept(listener, serve));
  }

  private static void accept(ServerSocket listener, Consumer<Socket> serve) {
    try {
      while (true) {
        Socket socket = listener.accept();
        Thread.ofVirtual().start(() -> serve.accept(socket));
      }
    } catch (IOException closed) {
      // The test is over with it.
    }
  }
}
