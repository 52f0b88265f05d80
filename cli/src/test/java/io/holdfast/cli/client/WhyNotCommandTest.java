package io.holdfast.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.Ran;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WhyNotCommandTest {

  private final FakeSupervisor supervisor;

  WhyNotCommandTest() throws IOException {
    supervisor = FakeSupervisor.start();
  }

  @AfterEach
  void stop() {
    supervisor.close();
  }

  private Ran whyNot(String service, String... options) {
    supervisor.on("GET /v1/services/web", 200, service);
    String[] words = new String[options.length + 2];
    words[0] = "why-not";
    words[1] = "web";
    System.arraycopy(options, 0, words, 2, options.length);
    return supervisor.run(words);
  }

  private static String web(String state, String rest) {
    return "{\"name\": \"web\", \"state\": \"%s\", \"desired\": 2, \"ready\": 1, \"paused\": false%s}"
        .formatted(state, rest);
  }

  @Test
  void namesEverythingThatIsWaitedFor() {
    Ran ran =
        whyNot(
            web(
                "waiting",
                ", \"waitingFor\": [\"db to be ready\", \"a node for slot 1: none is free\"]"));

    assertThat(ran.code()).isZero();
    assertThat(ran.out())
        .isEqualToNormalizingNewlines(
            """
            web is waiting, 1 of 2 ready
            waiting for: db to be ready
            waiting for: a node for slot 1: none is free
            """);
  }

  @Test
  void aServiceThatIsReadyRunsAsWanted() {
    assertThat(whyNot(web("ready", ", \"waitingFor\": []")).out())
        .isEqualToIgnoringNewLines("web is ready, 1 of 2 ready: it runs as wanted");
  }

  @Test
  void whereNothingIsInTheWayTheInstancesThatAreNotReadyAreNamed() {
    assertThat(
            whyNot(
                    web(
                        "degraded",
                        """
                        , "waitingFor": [], "instances": [
                          {"id": "web/0#1", "state": "ready"}, {"id": "web/1#4", "state": "starting"}]
                        """))
                .out())
        .isEqualToNormalizingNewlines(
            """
            web is degraded, 1 of 2 ready
            web/1#4 is starting
            holdfast why web tells what happened last
            """);
  }

  @Test
  void programsGetTheStateAndTheReasons() {
    assertThat(
            whyNot(
                    web("waiting", ", \"waitingFor\": [\"db to be ready\"], \"instances\": []"),
                    "-o",
                    "yaml")
                .out())
        .contains("name: web", "state: waiting", "- db to be ready")
        .doesNotContain("instances");
  }
}
