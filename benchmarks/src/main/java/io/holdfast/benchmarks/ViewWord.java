package io.holdfast.benchmarks;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.grpc.MethodDescriptor;
import io.holdfast.protocol.routing.Delta;
import io.holdfast.protocol.routing.FullView;
import io.holdfast.protocol.routing.ViewMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * What a message of the routing feed is and how long, without all that it says: a thousand real
 * balancers would need more processors than this machine has.
 *
 * @param kind the field of {@link ViewMessage}
 */
record ViewWord(int kind, long version, int bytes) {

  boolean isAlive() {
    return kind == ViewMessage.ALIVE_FIELD_NUMBER;
  }

  boolean isFull() {
    return kind == ViewMessage.FULL_FIELD_NUMBER;
  }

  static final MethodDescriptor.Marshaller<ViewWord> READER =
      new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(ViewWord word) {
          throw new UnsupportedOperationException("a balancer says nothing of the kind");
        }

        @Override
        public ViewWord parse(InputStream stream) {
          try {
            return read(stream, stream.available());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      };

  private static ViewWord read(InputStream stream, int bytes) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(stream);
    int kind = WireFormat.getTagFieldNumber(in.readTag());
    in.readRawVarint32();
    int versionField =
        switch (kind) {
          case ViewMessage.FULL_FIELD_NUMBER -> FullView.VERSION_FIELD_NUMBER;
          default -> Delta.VERSION_FIELD_NUMBER;
        };
    int tag = in.readTag();
    while (WireFormat.getTagFieldNumber(tag) != versionField) {
      in.skipField(tag);
      tag = in.readTag();
    }
    long version = in.readInt64();
    stream.skip(Long.MAX_VALUE);
    return new ViewWord(kind, version, bytes);
  }
}
