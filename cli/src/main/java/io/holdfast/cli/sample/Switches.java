package io.holdfast.cli.sample;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The sample's switches, all POST.
 *
 * <pre>
 *   /-/crash?code=3                ends at once with this exit code
 *   /-/hang?for=5s                 answers nothing, probes included
 *   /-/slow?by=300ms&amp;for=5s        answers late
 *   /-/errors?rate=0.5&amp;for=5s      answers half of the requests with status 500
 *   /-/well                        ends the trouble
 * </pre>
 */
final class Switches implements HttpHandler {

  private static final Duration USUALLY = Duration.ofSeconds(5);
  private static final Duration SLOWLY = Duration.ofMillis(300);

  private final Mood mood;

  Switches(Mood mood) {
    this.mood = mood;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      Pages.answer(exchange, 405, "switches are POST requests\n");
      return;
    }
    try {
      turn(exchange, query(exchange.getRequestURI().getQuery()));
    } catch (IllegalArgumentException e) {
      Pages.answer(exchange, 400, e.getMessage() + "\n");
    }
  }

  private void turn(HttpExchange exchange, Map<String, String> query) throws IOException {
    Instant until = Instant.now().plus(duration(query, "for", USUALLY));
    switch (exchange.getRequestURI().getPath()) {
      case "/-/crash" -> Mood.crash(code(query));
      case "/-/hang" -> mood.set(new Mood.Trouble(true, Duration.ZERO, 0, until));
      case "/-/slow" -> mood.set(new Mood.Trouble(false, duration(query, "by", SLOWLY), 0, until));
      case "/-/errors" -> mood.set(new Mood.Trouble(false, Duration.ZERO, rate(query), until));
      case "/-/well" -> mood.set(Mood.Trouble.NONE);
      default -> throw new IllegalArgumentException("expected crash, hang, slow, errors or well");
    }
    Pages.answer(exchange, 202, "done\n");
  }

  private static Map<String, String> query(@Nullable String text) {
    Map<String, String> values = new HashMap<>();
    for (String pair : Optional.ofNullable(text).orElse("").split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        values.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    return values;
  }

  private static Duration duration(Map<String, String> query, String key, Duration otherwise) {
    return Optional.ofNullable(query.get(key))
        .map(
            text ->
                Durations.parse(text)
                    .orElseThrow(
                        () ->
                            new IllegalArgumentException(
                                key + ": expected a duration like 500ms or 3s")))
        .orElse(otherwise);
  }

  private static int code(Map<String, String> query) {
    return (int) number(query.getOrDefault("code", "1"), "code", 255);
  }

  private static double rate(Map<String, String> query) {
    return number(query.getOrDefault("rate", "1"), "rate", 1);
  }

  private static double number(String text, String key, double largest) {
    try {
      double value = Double.parseDouble(text);
      if (value >= 0 && value <= largest) {
        return value;
      }
    } catch (NumberFormatException _) {
      // Said below, like one that is out of range.
    }
    throw new IllegalArgumentException(key + ": expected a number from 0 to " + largest);
  }
}
