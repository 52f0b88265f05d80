package io.holdfast.protocol.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.spec.GroupSpec;
import io.holdfast.core.spec.ProcessSpec;
import io.holdfast.core.spec.ServiceSpec;
import io.holdfast.core.spec.Spec;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SpecWriterTest {

  private static final int ROUNDS = 3_000;

  @Test
  void whatIsWrittenAsJsonIsReadBackEqual() {
    RandomSpecs specs = new RandomSpecs(new Random(11));
    for (int round = 0; round < ROUNDS; round++) {
      ServiceSpec service = specs.service();
      GroupSpec group = specs.group();
      assertThat(SpecReader.readOne(SpecWriter.json(service))).isEqualTo(service);
      assertThat(SpecReader.readGroup(SpecWriter.json(group))).isEqualTo(group);
    }
  }

  @Test
  void whatIsWrittenAsYamlIsReadBackEqual() {
    RandomSpecs specs = new RandomSpecs(new Random(12));
    for (int round = 0; round < ROUNDS; round++) {
      Spec spec = specs.next();
      String yaml = SpecWriter.yaml(spec);
      assertThat(SpecReader.read(yaml)).as(yaml).isEqualTo(new SpecReading.Valid(List.of(spec)));
    }
  }

  @Test
  void equalSpecificationsAreWrittenEqually() {
    RandomSpecs specs = new RandomSpecs(new Random(13));
    for (int round = 0; round < 200; round++) {
      String service = SpecWriter.json(specs.service());
      String group = SpecWriter.json(specs.group());
      assertThat(SpecWriter.json(SpecReader.readOne(service))).isEqualTo(service);
      assertThat(SpecWriter.json(SpecReader.readGroup(group))).isEqualTo(group);
    }
  }

  @Test
  void servicesAndGroupsStandInOneText() {
    RandomSpecs specs = new RandomSpecs(new Random(14));
    for (int round = 0; round < 200; round++) {
      List<Spec> both = List.of(specs.group(), specs.service());
      String text = SpecWriter.yaml(both.getFirst()) + "---\n" + SpecWriter.yaml(both.getLast());
      assertThat(SpecReader.read(text)).as(text).isEqualTo(new SpecReading.Valid(both));
    }
  }

  @Test
  void defaultsAreLeftOut() {
    assertThat(SpecWriter.json(ServiceSpec.of("web", ProcessSpec.of("bin/web", "1"))))
        .isEqualTo(
            "{\"kind\":\"service\",\"name\":\"web\",\"instances\":1,"
                + "\"command\":[\"bin/web\",\"1\"]}");
    assertThat(
            SpecWriter.json(
                SpecReader.readGroup("{kind: group, name: shop, children: [web, queue]}")))
        .isEqualTo("{\"kind\":\"group\",\"name\":\"shop\",\"children\":[\"web\",\"queue\"]}");
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
          strategy: rest-for-one
          intensity: 7
        replace:
          limit: 1
          period: 5m
          remember: 1h
        standby:
          count: 1
        health:
          readiness:
            http: /ready
            port: http
        dependsOn:
        - service: db
          condition: ready
          onRestart: restart
        lease: 45s
        routing:
          policy: random
          host: web.example.com
        """;
    assertThat(SpecWriter.yaml(SpecReader.readOne(text))).isEqualTo(text);
  }

  @Test
  void anExclusiveServiceSaysSoBeforeItsLease() {
    String text =
        """
        kind: service
        name: web
        instances: 1
        command:
        - web
        exclusive: true
        lease: 1m
        placement:
          require:
            disk: ssd
        """;
    assertThat(SpecWriter.yaml(SpecReader.readOne(text))).isEqualTo(text);
  }

  @Test
  void theKeysOfAGroupStandInTheirDocumentedOrder() {
    String text =
        """
        kind: group
        name: shop
        strategy: one-for-all
        intensity: 3
        period: 1m
        children:
        - db
        - web
        """;
    assertThat(SpecWriter.yaml(SpecReader.readGroup(text))).isEqualTo(text);
  }
}
