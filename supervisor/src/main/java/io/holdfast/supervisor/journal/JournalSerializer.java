package io.holdfast.supervisor.journal;

import akka.serialization.SerializerWithStringManifest;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes recorded events as JSON under the names of {@link JournalEvents}. */
public final class JournalSerializer extends SerializerWithStringManifest {

  /** Of this serializer in the journal; never to be used for another one. */
  private static final int IDENTIFIER = 7_400;

  private final ObjectMapper json = JournalJson.mapper();

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object event) {
    return JournalEvents.nameOf(event.getClass());
  }

  @Override
  public byte[] toBinary(Object event) {
    try {
      return json.writeValueAsBytes(event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) {
    Class<?> kind =
        JournalEvents.find(manifest)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "the journal holds '"
                            + manifest
                            + "', which this release cannot read; a newer one wrote it"));
    try {
      return json.readValue(bytes, kind);
    } catch (IOException e) {
      throw new UncheckedIOException("an event '" + manifest + "' cannot be read", e);
    }
  }
}
