package io.holdfast.balancer.gateway;

import java.util.List;
import java.util.Random;

/** Changes hostile messages into others that nobody has thought of; the same for the same seed. */
record Mutations(Random random, List<String> corpus) {

  private static final List<String> MEAN =
      List.of(
          "\r\n",
          "\n",
          "\r",
          "\0",
          " ",
          "\t",
          ":",
          ",",
          ";",
          "\r\n\r\n",
          "\u00ff",
          "0\r\n\r\n",
          "Content-Length: 5\r\n",
          "Transfer-Encoding: chunked\r\n",
          "chunked",
          "Host: web\r\n",
          "Connection: close\r\n",
          "Upgrade: websocket\r\n",
          "Expect: 100-continue\r\n",
          "HTTP/1.1",
          "HTTP/1.0",
          "GET ",
          "HEAD ",
          "99999999999",
          "ffffffff\r\n",
          "-1",
          "a".repeat(9_000));

  String next() {
    String text = any();
    for (int changes = random.nextInt(4); changes > 0; changes--) {
      text = changed(text);
    }
    return text;
  }

  private String changed(String text) {
    int at = random.nextInt(text.length() + 1);
    int to = Math.min(text.length(), at + random.nextInt(1 + random.nextInt(40)));
    String before = text.substring(0, at);
    String after = text.substring(to);
    return switch (random.nextInt(6)) {
      case 0 -> before + after;
      case 1 -> before + (char) random.nextInt(256) + after;
      case 2 -> before + MEAN.get(random.nextInt(MEAN.size())) + text.substring(at);
      case 3 -> text.substring(0, to) + text.substring(at);
      case 4 -> before + any();
      default -> before;
    };
  }

  private String any() {
    return corpus.get(random.nextInt(corpus.size()));
  }
}
