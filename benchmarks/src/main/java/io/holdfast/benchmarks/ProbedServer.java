package io.holdfast.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;

/**
 * The service that is probed, in a process of its own so that its CPU time is not the agent's: one
 * thread that answers whatever is sent with a short 200, and closes. Prints its port.
 */
final class ProbedServer {

  private static final int BACKLOG = 1024;
  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"
          .getBytes(StandardCharsets.US_ASCII);

  private final ByteBuffer request = ByteBuffer.allocateDirect(4096);
  private final ByteBuffer answer = ByteBuffer.allocateDirect(ANSWER.length);

  private ProbedServer() {
    answer.put(ANSWER);
  }

  public static void main(String[] arguments) throws IOException {
    new ProbedServer().run();
  }

  private void run() throws IOException {
    try (Selector selector = Selector.open();
        ServerSocketChannel server = ServerSocketChannel.open()) {
      server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
      server.configureBlocking(false);
      server.register(selector, SelectionKey.OP_ACCEPT);
      IO.println(((InetSocketAddress) server.getLocalAddress()).getPort());
      while (true) {
        selector.select();
        serve(selector);
      }
    }
  }

  private void serve(Selector selector) throws IOException {
    for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
      SelectionKey key = keys.next();
      keys.remove();
      if (key.channel() instanceof ServerSocketChannel server) {
        accept(selector, server);
      } else if (key.channel() instanceof SocketChannel channel) {
        answer(channel);
      }
    }
  }

  private static void accept(Selector selector, ServerSocketChannel server) throws IOException {
    for (SocketChannel next = server.accept(); next != null; next = server.accept()) {
      next.configureBlocking(false);
      next.register(selector, SelectionKey.OP_READ);
    }
  }

  private void answer(SocketChannel channel) throws IOException {
    try (channel) {
      if (channel.read(request.clear()) > 0) {
        channel.write(answer.rewind());
      }
    } catch (IOException e) {
      // Whoever only connects may be gone with a reset.
      channel.close();
    }
  }
}
