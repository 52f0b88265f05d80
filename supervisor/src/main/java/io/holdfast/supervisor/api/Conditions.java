package io.holdfast.supervisor.api;

import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version that a change was made for. */
final class Conditions {

  private static final Pattern VERSION = Pattern.compile("\"?(\\d{1,18})\"?");

  private Conditions() {}

  static OptionalLong ifMatch(HttpRequest request) {
    Optional<String> condition = request.getHeader("If-Match").map(HttpHeader::value);
    if (condition.isEmpty()) {
      return OptionalLong.empty();
    }
    Matcher version = VERSION.matcher(condition.get());
    if (!version.matches()) {
      throw new Refusal(Problem.badRequest("If-Match is wrong: expected a version like \"3\"."));
    }
    return OptionalLong.of(Long.parseLong(version.group(1)));
  }
}
