package io.holdfast.protocol.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.spec.ProcessSpec;
import io.holdfast.core.spec.ServiceSpec;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SpecWriterTest {

  private static final int ROUNDS = 3_000;

  @Test
  void whatIsWrittenAsJsonIsReadBackEqual() {
    RandomSpecs specs = new RandomSpecs(new Random(11));
    for (int round = 0; round < ROUNDS; round++) {
      ServiceSpec spec = specs.next();
      assertThat(SpecReader.readOne(SpecWriter.json(spec))).isEqualTo(spec);
    }
  }

  @Test
  void whatIsWrittenAsYamlIsReadBackEqual() {
    RandomSpecs specs = new RandomSpecs(new Random(12));
    for (int round = 0; round < ROUNDS; round++) {
      ServiceSpec spec = specs.next();
      String yaml = SpecWriter.yaml(spec);
      assertThat(SpecReader.read(yaml)).as(yaml).isEqualTo(new SpecReading.Valid(List.of(spec)));
    }
  }

  @Test
  void equalSpecificationsAreWrittenEqually() {
    RandomSpecs specs = new RandomSpecs(new Random(13));
    for (int round = 0; round < 200; round++) {
      String written = SpecWriter.json(specs.next());
      assertThat(SpecWriter.json(SpecReader.readOne(written))).isEqualTo(written);
    }
  }

  @Test
  void defaultsAreLeftOut() {
    assertThat(SpecWriter.json(ServiceSpec.of("web", ProcessSpec.of("bin/web", "1"))))
        .isEqualTo(
            "{\"kind\":\"service\",\"name\":\"web\",\"instances\":1,"
                + "\"command\":[\"bin/web\",\"1\"]}");
  }

  @Test
  void keysStandInTheirDocumentedOrder() {
    String text =
        """
        kind: service
        name: web
        instances: 2
        command:
        - web
        ports:
          http: auto
          admin: 9100
        restart:
          intensity: 7
        standby:
          count: 1
        health:
          readiness:
            http: /ready
            port: http
        dependsOn:
        - service: db
          condition: ready
        routing:
          policy: random
          host: web.example.com
        """;
    assertThat(SpecWriter.yaml(SpecReader.readOne(text))).isEqualTo(text);
  }
}
