package io.holdfast.client.view;

import java.util.Set;

/** What HTTP says of tries, the same by every way to a service. */
public final class HttpRules {

  /** With it a request of any method may be carried out twice. */
  public static final String KEY = "Idempotency-Key";

  private static final Set<String> IDEMPOTENT =
      Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");
  private static final Set<Integer> WORTH_ANOTHER = Set.of(500, 502, 503, 504);
  private static final int SERVER_ERROR = 500;

  private HttpRules() {}

  public static boolean isIdempotent(String method) {
    return IDEMPOTENT.contains(method);
  }

  /** Whether the instance says that it has failed. */
  public static boolean isFailure(int status) {
    return status >= SERVER_ERROR;
  }

  /** Whether another instance may well do better. */
  public static boolean isWorthAnother(int status) {
    return WORTH_ANOTHER.contains(status);
  }
}
