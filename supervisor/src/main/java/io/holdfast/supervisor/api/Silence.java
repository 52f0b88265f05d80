package io.holdfast.supervisor.api;

import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpRequest;

/** What is told of a request that nobody has answered in time. */
public final class Silence {

  /** Of a change, which goes on by itself once it has been asked for. */
  public static final String OF_A_CHANGE =
      "Nobody confirmed the change in time: it may have been made or not; look before you try"
          + " again.";

  private static final String OF_A_QUESTION =
      "The control plane did not answer in time; try again.";

  private Silence() {}

  static Problem of(HttpRequest request) {
    return Problem.unavailable(changes(request) ? OF_A_CHANGE : OF_A_QUESTION);
  }

  private static boolean changes(HttpRequest request) {
    boolean reads =
        request.method().equals(HttpMethods.GET) || request.method().equals(HttpMethods.HEAD);
    // As it was written: whoever could not read the query has refused it already.
    boolean plans = request.getUri().rawQueryString().orElse("").contains("dryRun=true");
    return !reads && !plans;
  }
}
