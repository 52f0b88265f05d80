package io.holdfast.supervisor.journal;

import akka.serialization.SerializerWithStringManifest;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Writes recorded events as JSON under the names of {@link JournalEvents}, and snapshots under
 * those of {@link JournalStates}.
 */
public final class JournalSerializer extends SerializerWithStringManifest {

  /** Of this serializer in the journal; never to be used for another one. */
  private static final int IDENTIFIER = 7_400;

  private final ObjectMapper events = JournalJson.mapper();
  private final ObjectMapper states = JournalJson.states();

  /** Whether this release knows what is written under the name. */
  public static boolean reads(int serializer, String manifest) {
    return serializer == IDENTIFIER && isNamed(manifest);
  }

  private static boolean isNamed(String manifest) {
    return JournalStates.find(manifest).isPresent() || JournalEvents.find(manifest).isPresent();
  }

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object written) {
    return written instanceof Snapshot(var state)
        ? JournalStates.nameOf(state)
        : JournalEvents.nameOf(written.getClass());
  }

  @Override
  public byte[] toBinary(Object written) {
    try {
      return written instanceof Snapshot(var state)
          ? states.writeValueAsBytes(state)
          : events.writeValueAsBytes(written);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) {
    Optional<Class<?>> state = JournalStates.find(manifest);
    try {
      return state.isPresent()
          ? new Snapshot(states.readValue(bytes, state.get()))
          : events.readValue(bytes, event(manifest));
    } catch (IOException e) {
      throw new UncheckedIOException("'" + manifest + "' in the journal cannot be read", e);
    }
  }

  private static Class<?> event(String manifest) {
    return JournalEvents.find(manifest)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "the journal holds '"
                        + manifest
                        + "', which this release cannot read; a newer one wrote it"));
  }
}
