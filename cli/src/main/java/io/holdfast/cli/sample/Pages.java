package io.holdfast.cli.sample;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What the sample answers: who it is, and that it is well. */
final class Pages implements HttpHandler {

  private final Sample.Identity identity;
  private final Mood mood;

  Pages(Sample.Identity identity, Mood mood) {
    this.identity = identity;
    this.mood = mood;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    boolean fails = mood.suffer();
    switch (exchange.getRequestURI().getPath()) {
      case "/" -> answer(exchange, fails ? 500 : 200, fails ? "told to fail\n" : identity.json());
      case "/health", "/ready" -> answer(exchange, fails ? 500 : 200, fails ? "ill\n" : "well\n");
      default -> answer(exchange, 404, "there is only /, /health, /ready and the switches\n");
    }
  }

  static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      exchange
          .getResponseHeaders()
          .set("Content-Type", text.startsWith("{") ? "application/json" : "text/plain");
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
