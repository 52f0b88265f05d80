package io.holdfast.protocol.security;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** Two ends that meet in memory. */
record Handshake(SSLEngine client, SSLEngine server) {

  private static final int ROUNDS = 50;

  /** Returns when nothing more is to be said; what one end has against the other is thrown. */
  void run() throws SSLException {
    ByteBuffer toServer = ByteBuffer.allocate(1 << 17);
    ByteBuffer toClient = ByteBuffer.allocate(1 << 17);
    client.beginHandshake();
    server.beginHandshake();
    for (int i = 0; i < ROUNDS; i++) {
      speak(client, toServer);
      listen(server, toServer);
      speak(server, toClient);
      listen(client, toClient);
    }
  }

  private static void speak(SSLEngine engine, ByteBuffer out) throws SSLException {
    think(engine);
    while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
      engine.wrap(ByteBuffer.allocate(0), out);
      think(engine);
    }
  }

  private static void listen(SSLEngine engine, ByteBuffer in) throws SSLException {
    in.flip();
    int before = -1;
    while (in.hasRemaining() && in.remaining() != before) {
      before = in.remaining();
      engine.unwrap(in, ByteBuffer.allocate(1 << 17));
      think(engine);
    }
    in.compact();
  }

  private static void think(SSLEngine engine) {
    while (engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
      engine.getDelegatedTask().run();
    }
  }
}
