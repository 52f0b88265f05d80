package io.holdfast.balancer.gateway;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Clients and an instance that send each other, through a gateway, mutations of all that is
 * hostile, in pieces, and leave when they like. Both read what arrives by a grammar without
 * choices.
 */
final class Fuzz implements AutoCloseable {

  private static final int CLIENTS = 8;
  private static final int LONGEST_WAIT_MILLIS = 500;
  private static final int LONGEST_QUIET_MILLIS = 100;

  private final ServerSocket listener;
  private final Random seeds;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong taken = new AtomicLong();
  private final AtomicLong answered = new AtomicLong();
  private final Queue<String> ambiguities = new ConcurrentLinkedQueue<>();

  private Fuzz(ServerSocket listener, long seed) {
    this.listener = listener;
    this.seeds = new Random(seed);
  }

  static Fuzz seeded(long seed) throws IOException {
    Fuzz fuzz = new Fuzz(new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress()), seed);
    Thread.ofVirtual().start(fuzz::accept);
    return fuzz;
  }

  int port() {
    return listener.getLocalPort();
  }

  List<String> ambiguities() {
    return List.copyOf(ambiguities);
  }

  String figures() {
    return sent
        + " connections of clients, "
        + taken
        + " requests taken by the instance, "
        + answered
        + " answers read, "
        + ambiguities.size()
        + " of either ambiguous";
  }

  /** Runs clients against the gateway for as long as it may go on. */
  void run(InetSocketAddress gateway, BooleanSupplier goesOn) throws InterruptedException {
    List<String> corpus = HostileRequests.all().stream().map(HostileRequests.Case::bytes).toList();
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      Random random = new Random(seeds.nextLong());
      Mutations mutations = new Mutations(random, corpus);
      clients.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    while (goesOn.getAsBoolean()) {
                      talk(gateway, random, mutations.next());
                    }
                  }));
    }
    for (Thread client : clients) {
      client.join();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private void talk(InetSocketAddress gateway, Random random, String bytes) {
    try (Socket socket = new Socket(gateway.getAddress(), gateway.getPort())) {
      sent.incrementAndGet();
      socket.setSoTimeout(1 + random.nextInt(LONGEST_WAIT_MILLIS));
      pieces(socket.getOutputStream(), random, bytes);
      if (random.nextInt(8) == 0) {
        Backend.reset(socket);
        return;
      }
      // After HEAD nobody but its sender knows where an answer ends.
      if (!bytes.contains("HEAD")) {
        read(new StrictReader(new BufferedInputStream(socket.getInputStream())), random, bytes);
      }
    } catch (StrictReader.Ambiguous ambiguous) {
      ambiguities.add("answer: " + ambiguous.getMessage() + " to " + bytes);
    } catch (IOException ended) {
      // So it goes.
    }
  }

  private void read(StrictReader answers, Random random, String bytes) throws IOException {
    boolean upgrades = bytes.contains("pgrade");
    for (int left = 1 + random.nextInt(4); left > 0; left--) {
      Message answer = answers.response(false);
      answered.incrementAndGet();
      if (upgrades && answer.status() == 101) {
        return;
      }
    }
  }

  private static void pieces(OutputStream out, Random random, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    int size = random.nextBoolean() ? bytes.length : 1 + random.nextInt(Math.max(1, bytes.length));
    for (int at = 0; at < bytes.length; at += size) {
      out.write(bytes, at, Math.min(size, bytes.length - at));
      out.flush();
    }
  }

  private void accept() {
    List<String> corpus =
        HostileAnswers.all().stream()
            .map(HostileAnswers.Case::bytes)
            .filter(bytes -> !bytes.isEmpty())
            .toList();
    try {
      while (true) {
        Socket socket = listener.accept();
        Random random = new Random(seeds.nextLong());
        Thread.ofVirtual().start(() -> serve(socket, random, new Mutations(random, corpus)));
      }
    } catch (IOException closed) {
      // The run is over with it.
    }
  }

  private void serve(Socket socket, Random random, Mutations mutations) {
    try (socket) {
      socket.setSoTimeout(10_000);
      StrictReader requests = new StrictReader(new BufferedInputStream(socket.getInputStream()));
      while (requests.request().isPresent()) {
        taken.incrementAndGet();
        answer(socket, random, mutations);
      }
    } catch (StrictReader.Ambiguous ambiguous) {
      ambiguities.add("request: " + ambiguous.getMessage());
    } catch (IOException ended) {
      // So it goes.
    }
  }

  private static void answer(Socket socket, Random random, Mutations mutations) throws IOException {
    switch (random.nextInt(6)) {
      case 0, 1 -> Backend.respond(socket.getOutputStream(), "200 OK", "ok");
      case 2 -> Backend.reset(socket);
      case 3 -> {
        pieces(socket.getOutputStream(), random, mutations.next());
        socket.setSoTimeout(1 + random.nextInt(LONGEST_QUIET_MILLIS));
      }
      default -> {
        pieces(socket.getOutputStream(), random, mutations.next());
        socket.close();
      }
    }
  }
}
