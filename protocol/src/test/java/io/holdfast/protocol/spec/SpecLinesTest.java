package io.holdfast.protocol.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpecLinesTest {

  private static final SpecLines LINES =
      SpecLines.of(
          """
          name: db
          command: [db]
          ---
          name: web
          command: [web]
          ports: {http: 80}
          dependsOn:
            - service: db
            - condition: ready
              service: queue
          ---
          kind: group
          name: shop
          children:
            - db
            - web
          """);

  @ParameterizedTest
  @CsvSource({
    "db, name, 1",
    "web, name, 4",
    "web, ports.http, 6",
    "web, dependsOn, 7",
    "web, dependsOn[0].service, 8",
    "web, dependsOn[1].service, 10",
    "web, dependsOn[7].service, 7",
    "web, routing.host, 4",
    "web, '', 4",
    "shop, kind, 12",
    "shop, children, 14",
    "shop, children[1], 16",
    "shop, children[2], 14",
    "nobody, name, 1"
  })
  void aPathIsFoundOrTheNearestPartAroundIt(String title, String path, int line) {
    assertThat(LINES.line(title, path)).isEqualTo(line);
  }

  @Test
  void jsonHasLinesToo() {
    SpecLines lines = SpecLines.of("[{\"name\": \"a\"},\n {\"name\":\n\"b\", \n\"ports\": {}}]");
    assertThat(lines.line("b", "ports")).isEqualTo(4);
  }
}
