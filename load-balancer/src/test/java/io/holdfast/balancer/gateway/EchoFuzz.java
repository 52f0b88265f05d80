package io.holdfast.balancer.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Clients that send an instance any bytes, through a gateway that does not read them, and get them
 * back; either side leaves when and how it likes. What comes back must be what was sent, and all of
 * it where both have stayed to the end.
 */
final class EchoFuzz implements AutoCloseable {

  private static final int CLIENTS = 8;
  private static final int LONGEST = 200_000;
  private static final int GENEROUS_MILLIS = 30_000;
  private static final String ASK =
      "GET / HTTP/1.1\r\nHost: web\r\nConnection: upgrade\r\nUpgrade: echo\r\n\r\n";
  private static final String AGREE =
      "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: echo\r\n\r\n";

  /** Opens a connection to the gateway. */
  @FunctionalInterface
  interface Door {
    Socket open() throws Exception;
  }

  /**
   * @param upgrades whether HTTP has to be left first
   * @param halves whether a client can end what it says and still be told something
   */
  record Way(Door door, boolean upgrades, boolean halves) {}

  /** What the instance does, by the first byte it is sent. */
  private enum Manner {
    ECHO,
    CLOSE,
    RESET;

    byte code() {
      return (byte) name().charAt(0);
    }
  }

  private final ServerSocket listener;
  private final Random seeds;
  private final AtomicLong whole = new AtomicLong();
  private final AtomicLong cut = new AtomicLong();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

  private EchoFuzz(ServerSocket listener, long seed) {
    this.listener = listener;
    this.seeds = new Random(seed);
  }

  static EchoFuzz seeded(long seed) throws IOException {
    EchoFuzz fuzz =
        new EchoFuzz(new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress()), seed);
    Accepting.start(fuzz.listener, EchoFuzz::serve);
    return fuzz;
  }

  int port() {
    return listener.getLocalPort();
  }

  List<String> wrong() {
    return List.copyOf(wrong);
  }

  String figures() {
    return whole + " conversations whole, " + cut + " cut, " + wrong.size() + " wrong";
  }

  /** Runs clients by these ways for as long as it may go on. */
  void run(List<Way> ways, BooleanSupplier goesOn) throws InterruptedException {
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      Random random = new Random(seeds.nextLong());
      clients.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    while (goesOn.getAsBoolean()) {
                      talk(ways.get(random.nextInt(ways.size())), random);
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

  private void talk(Way way, Random random) {
    Manner manner = random.nextInt(4) > 0 ? Manner.ECHO : any(random);
    byte[] bytes = bytes(random, manner);
    boolean stays = random.nextInt(4) > 0;
    try (Socket socket = way.door().open()) {
      socket.setSoTimeout(GENEROUS_MILLIS);
      Thread sender = Thread.ofVirtual().start(() -> send(socket, way, random, bytes));
      byte[] back = stays ? read(socket, way, bytes.length) : new byte[0];
      if (!stays && random.nextBoolean()) {
        Backend.reset(socket);
      }
      sender.join();
      judge(bytes, back, stays && manner == Manner.ECHO);
    } catch (Exception ended) {
      if (stays && manner == Manner.ECHO) {
        wrong.add("a conversation of " + bytes.length + " bytes ended with " + ended);
      } else {
        cut.incrementAndGet();
      }
    }
  }

  private void judge(byte[] bytes, byte[] back, boolean all) {
    if (!Arrays.equals(bytes, 0, back.length, back, 0, back.length)) {
      wrong.add("other bytes came back than the " + bytes.length + " that were sent");
    } else if (all && back.length < bytes.length) {
      wrong.add("of " + bytes.length + " bytes only " + back.length + " came back");
    } else if (all) {
      whole.incrementAndGet();
    } else {
      cut.incrementAndGet();
    }
  }

  private static Manner any(Random random) {
    return Manner.values()[random.nextInt(Manner.values().length)];
  }

  private static byte[] bytes(Random random, Manner manner) {
    byte[] bytes = new byte[1 + random.nextInt(random.nextInt(8) == 0 ? LONGEST : 2_000)];
    random.nextBytes(bytes);
    bytes[0] = manner.code();
    return bytes;
  }

  /** The first of them sometimes right after the request to leave HTTP, before it is agreed to. */
  private static void send(Socket socket, Way way, Random random, byte[] bytes) {
    try {
      OutputStream out = socket.getOutputStream();
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      if (way.upgrades()) {
        all.writeBytes(ASK.getBytes(StandardCharsets.US_ASCII));
      }
      all.writeBytes(bytes);
      byte[] text = all.toByteArray();
      int size = random.nextBoolean() ? text.length : 1 + random.nextInt(text.length);
      for (int at = 0; at < text.length; at += size) {
        out.write(text, at, Math.min(size, text.length - at));
      }
      if (way.halves()) {
        socket.shutdownOutput();
      }
    } catch (IOException ended) {
      // The other side has left, which its reader notices as well.
    }
  }

  private static byte[] read(Socket socket, Way way, int expected) throws IOException {
    InputStream in = socket.getInputStream();
    if (way.upgrades()) {
      Message head = Message.readHead(in);
      if (head.status() != 101) {
        throw new IOException("it was answered " + head.start());
      }
    }
    return way.halves() ? in.readAllBytes() : in.readNBytes(expected);
  }

  private static void serve(Socket socket) {
    try (socket) {
      socket.setSoTimeout(GENEROUS_MILLIS);
      InputStream in = socket.getInputStream();
      int first = in.read();
      if (first == 'G') {
        Message.readHead(in);
        Backend.write(socket.getOutputStream(), AGREE);
        first = in.read();
      }
      if (first == Manner.ECHO.code()) {
        socket.getOutputStream().write(first);
        in.transferTo(socket.getOutputStream());
      } else if (first == Manner.RESET.code()) {
        Backend.reset(socket);
      }
    } catch (IOException ended) {
      // So it goes.
    }
  }
}
