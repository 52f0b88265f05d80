package io.holdfast.supervisor.node;

import com.google.protobuf.ByteString;

/** What an agent's session tells whoever reads an instance's output through it. */
public sealed interface LogPart {

  /** The agent reads; there may be nothing yet. */
  record Chunk(ByteString data) implements LogPart {}

  /** There is no more. */
  record End() implements LogPart {}

  /** There is none; {@code why} is a sentence. */
  record Refused(String why) implements LogPart {}
}
