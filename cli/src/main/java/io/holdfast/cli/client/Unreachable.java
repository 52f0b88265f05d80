package io.holdfast.cli.client;

import io.holdfast.cli.console.CommandFailed;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;

/** Says in a sentence why a supervisor could not be asked. */
final class Unreachable {

  private Unreachable() {}

  static CommandFailed because(URI server, IOException e) {
    String sentence =
        switch (e) {
          case HttpConnectTimeoutException _ -> cannotReach(server) + "it does not answer";
          case ConnectException refused -> cannotReach(server) + why(refused);
          case IOException other when isNotHttp(other) ->
              "what answers at "
                  + server
                  + " is no admin API of Holdfast: it does not speak HTTP/1.1";
          case HttpTimeoutException _ -> "the supervisor at " + server + " did not answer in time";
          default -> "the connection to the supervisor at " + server + " broke" + detail(e);
        };
    return new CommandFailed(sentence, e);
  }

  private static String cannotReach(URI server) {
    return "cannot reach the supervisor at " + server + ": ";
  }

  /** The JDK's client often leaves the message of a refusal out. */
  private static String why(ConnectException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return "the host is not known";
      }
    }
    return Optional.ofNullable(e.getMessage())
        .map(String::toLowerCase)
        .orElse("connection refused");
  }

  /** What came instead of a status line must not reach a terminal. */
  private static boolean isNotHttp(IOException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProtocolException
          || String.valueOf(cause.getMessage()).contains("status line")) {
        return true;
      }
    }
    return false;
  }

  private static String detail(IOException e) {
    return Optional.ofNullable(e.getMessage()).map(message -> ": " + message).orElse("");
  }
}
