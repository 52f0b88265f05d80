package io.holdfast.supervisor.wire;

import akka.actor.ExtendedActorSystem;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.javadsl.Adapter;
import akka.serialization.SerializerWithStringManifest;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Writes messages between supervisor nodes as JSON under the names of {@link ClusterMessages}, and
 * long ones compressed: the routes of a large service would not fit into a frame.
 *
 * <p>What a node of another release says that this one does not know is dropped, as any message may
 * be; what mattered is said again.
 */
public final class ClusterSerializer extends SerializerWithStringManifest {

  /** Of this serializer on the wire; never to be used for another one. */
  private static final int IDENTIFIER = 7_402;

  private static final int LONG = 32 << 10;
  private static final byte[] GZIP = {0x1f, (byte) 0x8b};

  private final ObjectMapper json;

  public ClusterSerializer(ExtendedActorSystem system) {
    this.json = ClusterJson.mapper(ActorRefResolver.get(Adapter.toTyped(system)));
  }

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object message) {
    return ClusterMessages.nameOf(message.getClass());
  }

  @Override
  public byte[] toBinary(Object message) {
    try {
      byte[] written = json.writeValueAsBytes(message);
      return written.length < LONG ? written : compressed(written);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    Class<?> kind =
        ClusterMessages.find(manifest)
            .orElseThrow(() -> new NotSerializableException("no message is called " + manifest));
    try {
      return json.readValue(plain(bytes), kind);
    } catch (IOException e) {
      throw new UncheckedIOException("a message '" + manifest + "' cannot be read", e);
    }
  }

  private static byte[] compressed(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 8);
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  /** JSON never begins with the two bytes of gzip. */
  private static byte[] plain(byte[] bytes) throws IOException {
    boolean isCompressed = bytes.length > 1 && bytes[0] == GZIP[0] && bytes[1] == GZIP[1];
    if (!isCompressed) {
      return bytes;
    }
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return gzip.readAllBytes();
    }
  }
}
