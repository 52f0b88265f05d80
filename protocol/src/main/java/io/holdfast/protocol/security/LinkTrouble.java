package io.holdfast.protocol.security;

import io.grpc.Status;
import io.grpc.netty.shaded.io.netty.handler.ssl.NotSslRecordException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a person is told of a link that failed. */
record LinkTrouble(Optional<MutualTls> tls) {

  private static final Pattern ALERT = Pattern.compile("Received fatal alert: (\\w+)");

  /** How an answer in TLS looks to HTTP/2 in plain text. */
  private static final String NOT_PLAIN = "First received frame was not SETTINGS";

  private static final Pattern CLOSED =
      Pattern.compile("Network closed|Connection reset|Broken pipe|Connection closed");

  private static final String NO_PLAIN_ANSWER =
      "it gives no answer in plain text; if it runs with TLS, this end needs --tls-cert, --tls-key"
          + " and --tls-ca too";

  String of(Throwable failure, boolean answered) {
    return causes(failure)
        .flatMap(cause -> known(cause).stream())
        .findFirst()
        .or(
            () ->
                Optional.of(failure).filter(_ -> !answered && isClosed(failure)).map(_ -> closed()))
        .orElseGet(() -> plain(failure));
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(20);
  }

  private Optional<String> known(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    Matcher alert = ALERT.matcher(message);
    if (cause instanceof Distrusted) {
      return Optional.of(message);
    }
    if (cause instanceof NotSslRecordException) {
      return Optional.of(
          "it does not speak TLS: it runs without --tls-cert, --tls-key and --tls-ca");
    }
    if (alert.find()) {
      return Optional.of(refused(alert.group(1)));
    }
    return tls.isEmpty() && message.contains(NOT_PLAIN)
        ? Optional.of(NO_PLAIN_ANSWER)
        : Optional.empty();
  }

  private static boolean isClosed(Throwable failure) {
    return causes(failure)
        .anyMatch(cause -> CLOSED.matcher(String.valueOf(cause.getMessage())).find());
  }

  /** The alert that says why may be lost when the connection ends. */
  private String closed() {
    return tls.isPresent()
        ? "it closes the connection; if it refuses the certificate of this end, its log says why"
        : NO_PLAIN_ANSWER;
  }

  private String refused(String alert) {
    if (alert.equals("protocol_version")) {
      return "it does not speak TLS 1.3";
    }
    return tls.flatMap(MutualTls::flaw)
        .orElse("it refuses the certificate of this end, its log says why (" + alert + ")");
  }

  private static String plain(Throwable failure) {
    Status status = Status.fromThrowable(failure);
    String what = Optional.ofNullable(status.getDescription()).orElse(status.getCode().name());
    String line = what.lines().findFirst().orElse(what);
    return Optional.ofNullable(status.getCause())
        .map(Throwable::getMessage)
        .map(detail -> line + ": " + detail)
        .orElse(line);
  }
}
