package io.holdfast.balancer.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.balancer.gateway.HostileRequests.Case;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each hostile request is answered as it must be, and no instance sees anything ambiguous. */
final class HostileRequestsTest {

  private static StrictInstance instance;
  private static Setup setup;

  @BeforeAll
  static void start(@TempDir java.nio.file.Path data) throws Exception {
    instance = StrictInstance.start();
    setup = Setup.on(data, Setup.IN_TURN, instance.port());
  }

  @AfterAll
  static void stop() throws Exception {
    setup.close();
    instance.close();
  }

  static Stream<Case> cases() {
    return HostileRequests.all().stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isAnsweredAndReachesNobodyInAnAmbiguousForm(Case hostile) throws Exception {
    instance.taken();
    instance.ambiguities();
    List<Integer> answers = new ArrayList<>();
    try (RawClient client = RawClient.to(setup.address())) {
      client.send(hostile.bytes());
      for (int i = 0; i < hostile.statuses().size(); i++) {
        answers.add(client.read().status());
      }
      assertThat(answers).isEqualTo(hostile.statuses());
      if (hostile.ends()) {
        assertThat(client.isEnded()).isTrue();
      }
    }
    assertThat(instance.taken()).hasSize((int) hostile.served()).noneMatch("/admin"::equals);
    assertThat(instance.ambiguities()).isEmpty();
  }

  @Test
  void thereAreManyCases() {
    assertThat(cases().map(Case::name).distinct()).hasSizeGreaterThan(150);
    assertThat(cases().map(Case::name)).doesNotHaveDuplicates();
  }
}
