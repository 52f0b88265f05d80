package io.holdfast.protocol.wire;

import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.Phase;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A short fingerprint of which instances an agent has and how far each of them is.
 *
 * <p>Agent and supervisor compute it from their own books; where the two differ, one of them missed
 * a report. It is part of the protocol: a changed algorithm looks like a missed report for ever.
 */
public final class InstanceDigest {

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private InstanceDigest() {}

  /** The same for equal maps, whatever their order; 0 for none. Dead ones count as EXITED. */
  public static long of(Map<InstanceId, Phase> phases) {
    long sum = 0;
    for (Map.Entry<InstanceId, Phase> entry : phases.entrySet()) {
      sum += of(entry.getKey(), entry.getValue());
    }
    return sum;
  }

  /** Of a single one; that of many is the sum of theirs. */
  public static long of(InstanceId instance, Phase phase) {
    return hash(instance + "=" + word(phase));
  }

  /** Spelled out, so that renaming or reordering the enum cannot change the digest. */
  private static String word(Phase phase) {
    return switch (phase) {
      case STARTING -> "starting";
      case READY -> "ready";
      case UNREADY -> "unready";
      case STOPPING -> "stopping";
      case EXITED -> "exited";
    };
  }

  /** FNV-1a, then mixed: sums of plain FNV values of similar texts cancel out too easily. */
  private static long hash(String text) {
    long hash = FNV_OFFSET;
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (octet & 0xff)) * FNV_PRIME;
    }
    hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
    return hash ^ (hash >>> 31);
  }
}
