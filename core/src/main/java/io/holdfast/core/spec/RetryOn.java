package io.holdfast.core.spec;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What a further try may follow. */
public enum RetryOn {
  /** No connection; always tried again, since nothing was sent. */
  CONNECT,
  /** The connection or the instance was lost before an answer. */
  RESET,
  /** The try's own time was over. */
  TIMEOUT,
  /** The answer was 500, 502, 503 or 504. */
  ERROR_RESPONSE;

  public static final Set<RetryOn> ALL = Collections.unmodifiableSet(EnumSet.allOf(RetryOn.class));
}
