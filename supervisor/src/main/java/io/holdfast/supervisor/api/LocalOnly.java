package io.holdfast.supervisor.api;

import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Keeps other people's web pages out of an API that trusts everyone on this machine.
 *
 * <p>A page can make its visitor's browser send requests here, either under a name of its own that
 * it lets resolve to 127.0.0.1, which shows in Host, or straight across, which shows in Origin.
 */
final class LocalOnly {

  private static final Pattern OWN =
      Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d{1,5})?");

  private LocalOnly() {}

  /** What is wrong with the request, if anything is. */
  static Optional<Problem> refusal(HttpRequest request) {
    String host = header(request, "Host").orElse("").toLowerCase(Locale.ROOT);
    if (!OWN.matcher(host).matches()) {
      return Optional.of(forbidden("Host is not an address of this machine"));
    }
    return header(request, "Origin")
        .map(origin -> origin.toLowerCase(Locale.ROOT))
        .filter(origin -> !origin.equals("http://" + host) && !origin.equals("https://" + host))
        .map(_ -> forbidden("Origin is another site"));
  }

  private static Problem forbidden(String why) {
    return Problem.of(403, "Forbidden", "The request is refused because its " + why + ".");
  }

  private static Optional<String> header(HttpRequest request, String name) {
    return request.getHeader(name).map(HttpHeader::value);
  }
}
