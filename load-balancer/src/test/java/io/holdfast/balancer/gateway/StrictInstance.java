package io.holdfast.balancer.gateway;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** An instance that answers 200 to all that it can read in one way only, and remembers the rest. */
final class StrictInstance implements AutoCloseable {

  private final ServerSocket listener;
  private final Queue<String> targets = new ConcurrentLinkedQueue<>();
  private final Queue<String> ambiguities = new ConcurrentLinkedQueue<>();

  private StrictInstance(ServerSocket listener) {
    this.listener = listener;
  }

  static StrictInstance start() throws IOException {
    StrictInstance instance =
        new StrictInstance(new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress()));
    Accepting.start(instance.listener, instance::serve);
    return instance;
  }

  int port() {
    return listener.getLocalPort();
  }

  /** The targets of the requests since this was asked last. */
  List<String> taken() {
    return drained(targets);
  }

  /** What could be read in more than one way since this was asked last. */
  List<String> ambiguities() {
    return drained(ambiguities);
  }

  private static List<String> drained(Queue<String> queue) {
    List<String> drained = new ArrayList<>();
    for (String next = queue.poll(); next != null; next = queue.poll()) {
      drained.add(next);
    }
    return drained;
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private void serve(Socket socket) {
    try (socket) {
      StrictReader reader = new StrictReader(new BufferedInputStream(socket.getInputStream()));
      OutputStream out = socket.getOutputStream();
      Optional<Message> request = reader.request();
      while (request.isPresent()) {
        targets.add(request.get().start().split(" ", -1)[1]);
        Backend.respond(out, "200 OK", request.get().start().startsWith("HEAD") ? "" : "ok");
        request = reader.request();
      }
    } catch (StrictReader.Ambiguous ambiguous) {
      ambiguities.add(String.valueOf(ambiguous.getMessage()));
    } catch (IOException ended) {
      // A request that broke off was not passed off as complete.
    }
  }
}
