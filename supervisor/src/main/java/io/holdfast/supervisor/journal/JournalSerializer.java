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

  /**
   * The name of what this release does not know in what is written under {@code manifest}.
   *
   * @throws IOException for a batch that is none
   */
  public static Optional<String> unknown(int serializer, String manifest, byte[] bytes)
      throws IOException {
    if (serializer != IDENTIFIER || !isNamed(manifest)) {
      return Optional.of(manifest);
    }
    boolean several = JournalEvents.find(manifest).filter(Batch.class::equals).isPresent();
    return several ? BatchJson.unknown(bytes) : Optional.empty();
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
          : events.readValue(bytes, JournalEvents.require(manifest));
    } catch (IOException e) {
      throw new UncheckedIOException("'" + manifest + "' in the journal cannot be read", e);
    }
  }
}
