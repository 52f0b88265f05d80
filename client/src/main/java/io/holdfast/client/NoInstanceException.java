package io.holdfast.client;

import java.io.IOException;

/** There was nobody to send a request to; the message is one sentence. */
public final class NoInstanceException extends IOException {

  private static final long serialVersionUID = 1L;

  NoInstanceException(String sentence) {
    super(sentence);
  }
}
