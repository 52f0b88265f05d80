package io.holdfast.protocol.backup;

import com.google.protobuf.ByteString;
import java.util.List;

/** A line between the first and the last. */
public sealed interface BackupRow {

  /** Whose it is, as the journal names it. */
  String id();

  /** Its place among those of the same {@link #id}, from 1. */
  long sequence();

  Content content();

  /**
   * What was written, as it was written.
   *
   * @param serializer the number of what has written it
   * @param type the name of its kind
   */
  record Content(int serializer, String type, ByteString bytes) {}

  /**
   * An event.
   *
   * @param ordering its place among all events
   * @param deleted it is only kept as the highest of its id
   * @param writer which life of its actor has written it
   * @param written when, in milliseconds since 1970
   */
  record Event(
      String id,
      long sequence,
      long ordering,
      boolean deleted,
      String writer,
      long written,
      List<String> tags,
      Content content)
      implements BackupRow {
    public Event {
      tags = List.copyOf(tags);
    }
  }

  /**
   * A state as a whole, as of an event.
   *
   * @param written when, in milliseconds since 1970
   */
  record Snapshot(String id, long sequence, long written, Content content) implements BackupRow {}
}
