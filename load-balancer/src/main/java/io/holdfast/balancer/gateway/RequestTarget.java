package io.holdfast.balancer.gateway;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whom a request is for.
 *
 * @param authority as the client wrote it
 * @param path with its query, or {@code *}
 */
record RequestTarget(String authority, String path) {

  private static final String HTTP = "http://";
  private static final Pattern AUTHORITY =
      Pattern.compile("([A-Za-z0-9._~-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{0,5})?");

  /** Empty when the target is neither a path, nor a whole URI, nor {@code *}. */
  static Optional<RequestTarget> of(HttpRequest request, String hostHeader) {
    String uri = request.uri();
    boolean all = uri.equals("*") && request.method().equals(HttpMethod.OPTIONS);
    if (uri.startsWith("/") || all) {
      return Optional.of(new RequestTarget(hostHeader, uri));
    }
    return uri.regionMatches(true, 0, HTTP, 0, HTTP.length())
        ? Optional.of(whole(uri.substring(HTTP.length()))).filter(RequestTarget::isForSomebody)
        : Optional.empty();
  }

  /** A name or an address, with or without a port, and nothing else: no user, no list. */
  static boolean isAuthority(String text) {
    return AUTHORITY.matcher(text).matches();
  }

  private boolean isForSomebody() {
    return isAuthority(authority);
  }

  /** The name without its port, in lower case. */
  String host() {
    String lower = authority.trim().toLowerCase(Locale.ROOT);
    int colon = lower.startsWith("[") ? lower.indexOf(':', lower.indexOf(']')) : lower.indexOf(':');
    String name = colon < 0 ? lower : lower.substring(0, colon);
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  private static RequestTarget whole(String afterScheme) {
    int end = afterScheme.length();
    for (int i = 0; i < end; i++) {
      if (afterScheme.charAt(i) == '/' || afterScheme.charAt(i) == '?') {
        end = i;
      }
    }
    String rest = afterScheme.substring(end);
    return new RequestTarget(
        afterScheme.substring(0, end), rest.startsWith("/") ? rest : "/" + rest);
  }
}
