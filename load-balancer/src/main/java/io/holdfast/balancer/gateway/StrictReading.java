package io.holdfast.balancer.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/**
 * Looks over the shoulder of Netty's decoders for what they read generously and others could read
 * differently: folded header lines, blanks in names, request lines with other than two spaces,
 * chunk sizes with more on their line than a number and its extensions. Such a message is invalid
 * here.
 */
final class StrictReading {

  private enum Place {
    START_LINE,
    FIELDS,
    CHUNKS,
    /** What has a length or ends with the connection is not looked at. */
    OTHER_BODY
  }

  private static final byte DEL = 0x7f;
  private static final int SPACES_OF_A_REQUEST_LINE = 2;

  private final boolean ofRequests;
  private Place place = Place.START_LINE;
  private ChunkSizes chunks = new ChunkSizes();
  private int spaces;
  private boolean inName;
  private boolean bad;
  private byte last;

  private StrictReading(boolean ofRequests) {
    this.ofRequests = ofRequests;
  }

  static StrictReading ofRequests() {
    return new StrictReading(true);
  }

  static StrictReading ofResponses() {
    return new StrictReading(false);
  }

  /** Looks at what one step of decoding has consumed and yielded. */
  void decoded(ByteBuf buffer, int from, int to, List<Object> yielded) {
    switch (place) {
      case START_LINE, FIELDS -> head(buffer, from, to);
      case CHUNKS -> bad |= !chunks.areClear(buffer, from, to);
      case OTHER_BODY -> {}
    }
    yielded.replaceAll(part -> judged((HttpObject) part));
  }

  /** A decoder yields the head before it reads any of the body. */
  private void head(ByteBuf buffer, int from, int to) {
    for (int i = from; i < to; i++) {
      byte next = buffer.getByte(i);
      if (place == Place.START_LINE) {
        startLine(next);
      } else {
        field(next);
      }
      last = next;
    }
  }

  private void field(byte next) {
    boolean blank = next == ' ' || next == '\t';
    if (last == '\n') {
      bad |= blank;
      inName = true;
    } else if (inName) {
      // Blanks before the colon are taken from an answer, as they must be; those within a name not.
      bad |= !blank && next != ':' && (last == ' ' || last == '\t');
    }
    inName &= next != ':';
  }

  private void startLine(byte next) {
    boolean begun = last > ' ' || spaces > 0;
    if (next == '\n' && begun) {
      bad |= ofRequests && spaces != SPACES_OF_A_REQUEST_LINE;
      place = Place.FIELDS;
    } else if (next == ' ') {
      spaces++;
    } else {
      // Of the others below it Netty takes only CR before LF, and empty lines before the start.
      bad |= isControl(next) && next != '\r' && next != '\n' && next != '\t';
      bad |= ofRequests && next == '\t';
    }
  }

  private static boolean isControl(byte next) {
    return next == DEL || (next >= 0 && next < ' ');
  }

  private HttpObject judged(HttpObject part) {
    HttpObject judged = bad && part.decoderResult().isSuccess() ? failed(part) : part;
    if (part instanceof HttpMessage message) {
      place = HttpUtil.isTransferEncodingChunked(message) ? Place.CHUNKS : Place.OTHER_BODY;
    }
    if (part instanceof LastHttpContent) {
      place = Place.START_LINE;
      chunks = new ChunkSizes();
      spaces = 0;
      bad = false;
      last = 0;
    }
    return judged;
  }

  private static HttpObject failed(HttpObject part) {
    // The empty one is shared by all.
    HttpObject own =
        LastHttpContent.EMPTY_LAST_CONTENT.equals(part) ? new DefaultLastHttpContent() : part;
    own.setDecoderResult(
        DecoderResult.failure(new IllegalArgumentException("it can be read in two ways")));
    return own;
  }
}
