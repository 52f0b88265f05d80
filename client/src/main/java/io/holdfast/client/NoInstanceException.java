package io.holdfast.client;

import io.holdfast.client.view.RoutedService;
import java.io.IOException;

/** There was nobody to send a request to; the message is one sentence. */
public final class NoInstanceException extends IOException {

  private static final long serialVersionUID = 1L;

  NoInstanceException(String sentence) {
    super(sentence);
  }

  static NoInstanceException of(RoutedService service) {
    return new NoInstanceException("No instance of " + service.name() + " is usable.");
  }

  /** None is usable, and there is no room to wait for one. */
  static NoInstanceException crowded(RoutedService service) {
    return new NoInstanceException(
        "No instance of " + service.name() + " is usable, and too many requests wait already.");
  }

  static NoInstanceException overloaded(RoutedService service) {
    return new NoInstanceException(
        service.name() + " has more requests than it can answer in time.");
  }
}
