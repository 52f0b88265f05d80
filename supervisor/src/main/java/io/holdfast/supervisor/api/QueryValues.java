package io.holdfast.supervisor.api;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.Query;
import io.holdfast.core.ServiceName;
import io.holdfast.protocol.spec.DurationText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The values of a request's query; a name without a value counts as absent, except where a number
 * is expected: one that got lost on the way must not mean all of them, or the latest.
 */
final class QueryValues {

  private static final Pattern WHOLE = Pattern.compile("\\d{1,18}");

  private final Query query;

  private QueryValues(Query query) {
    this.query = query;
  }

  static QueryValues of(HttpRequest request) {
    return new QueryValues(request.getUri().query());
  }

  Optional<String> text(String name) {
    return query.get(name).filter(Predicate.not(String::isEmpty));
  }

  boolean flag(String name) {
    String value = text(name).orElse("false");
    if (!value.equals("true") && !value.equals("false")) {
      throw wrong(name, "expected true or false", value);
    }
    return value.equals("true");
  }

  OptionalInt whole(String name, int from, int to) {
    OptionalLong value = whole(name);
    if (value.isPresent() && (value.getAsLong() < from || value.getAsLong() > to)) {
      throw wrong(name, "expected " + from + " to " + to, String.valueOf(value.getAsLong()));
    }
    return value.isPresent() ? OptionalInt.of((int) value.getAsLong()) : OptionalInt.empty();
  }

  OptionalLong whole(String name) {
    Optional<String> text = query.get(name);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    if (!WHOLE.matcher(text.get()).matches()) {
      throw wrong(name, "expected a whole number", text.get());
    }
    return OptionalLong.of(Long.parseLong(text.get()));
  }

  Optional<Duration> duration(String name, Duration most) {
    Optional<String> text = text(name);
    Optional<Duration> value = text.flatMap(DurationText::parse);
    if (text.isPresent() && value.isEmpty()) {
      throw wrong(name, DurationText.EXPECTED, text.get());
    }
    if (value.filter(duration -> duration.compareTo(most) > 0).isPresent()) {
      throw wrong(name, "expected at most " + DurationText.write(most), text.orElse(""));
    }
    return value;
  }

  /** A moment, or how long ago it was. */
  Optional<Instant> since(String name, InstantSource clock) {
    return text(name)
        .map(
            text ->
                DurationText.parse(text)
                    .map(ago -> clock.instant().minus(ago))
                    .orElseGet(() -> moment(name, text)));
  }

  Optional<ServiceName> service(String name) {
    Optional<String> text = text(name);
    text.filter(Predicate.not(ServiceName::isValid))
        .ifPresent(
            wrong -> {
              throw wrong(name, "expected the name of a service", wrong);
            });
    return text.map(ServiceName::new);
  }

  private static Instant moment(String name, String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw wrong(name, "expected a duration like 10m or a time like 2026-05-01T12:00:00Z", text);
    }
  }

  private static Refusal wrong(String name, String expected, String got) {
    return new Refusal(Problem.badQuery(name, expected + ", got '" + got + "'"));
  }
}
