package io.holdfast.balancer.gateway;

import io.netty.buffer.ByteBuf;

/** The lines of one chunked body that tell sizes: a hexadecimal number, perhaps extensions. */
final class ChunkSizes {

  private enum Place {
    SIZE,
    EXTENSION,
    LF_OF_SIZE,
    DATA,
    CR_OF_DATA,
    LF_OF_DATA,
    TRAILERS
  }

  private static final int HEX = 16;
  private static final int MOST_DIGITS = 8;

  private Place place = Place.SIZE;
  private long size;
  private int digits;

  /**
   * Whether the next part of the body, which the decoder has taken, can be read in one way only.
   */
  boolean areClear(ByteBuf buffer, int from, int to) {
    int at = from;
    while (at < to && place != Place.TRAILERS) {
      if (place == Place.DATA) {
        int step = (int) Math.min(size, to - at);
        size -= step;
        at += step;
        place = size == 0 ? Place.CR_OF_DATA : Place.DATA;
      } else if (!isClear(buffer.getByte(at++))) {
        return false;
      }
    }
    return true;
  }

  private boolean isClear(byte next) {
    return switch (place) {
      case SIZE -> size(next);
      case EXTENSION -> extension(next);
      case LF_OF_SIZE -> next == '\n' && begin();
      case CR_OF_DATA -> next == '\r' && go(Place.LF_OF_DATA);
      case LF_OF_DATA -> next == '\n' && go(Place.SIZE);
      case DATA, TRAILERS -> true;
    };
  }

  private boolean size(byte next) {
    int digit = next > 0 ? Character.digit(next, HEX) : -1;
    if (digit >= 0) {
      size = size * HEX + digit;
      return ++digits <= MOST_DIGITS || size < 1L << 32;
    }
    return digits > 0
        && switch (next) {
          case ';' -> go(Place.EXTENSION);
          case '\r' -> go(Place.LF_OF_SIZE);
          default -> false;
        };
  }

  private boolean extension(byte next) {
    return next == '\r' ? go(Place.LF_OF_SIZE) : next == '\t' || next < 0 || next >= ' ';
  }

  private boolean begin() {
    digits = 0;
    return go(size == 0 ? Place.TRAILERS : Place.DATA);
  }

  private boolean go(Place next) {
    place = next;
    return true;
  }
}
