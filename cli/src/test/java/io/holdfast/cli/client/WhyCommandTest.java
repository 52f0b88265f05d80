package io.holdfast.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.Ran;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WhyCommandTest {

  private static final String REQUEST = "GET /v1/services/web/why";

  private static final String LOOP =
      """
      {"incident": "web-9", "at": "2026-05-01T12:00:00Z",
       "summary": "web/2 exited with code 3, 4 failures; last: held slots [2] in 5m",
       "cause": "exited with code 3",
       "evidence": {
         "exit": {"code": 3, "oom": false, "at": "2026-05-01T12:00:09Z",
                  "reason": "exited with code 3"},
         "log": ["reading config", "no such key"], "probe": "HTTP 503"},
       "decisions": [
         {"at": "2026-05-01T12:00:00Z", "did": "saw that web/2#9 exited with code 3, and restarted",
          "because": "restart.backoff: the first is immediate"},
         {"at": "2026-05-01T12:00:09Z", "did": "held slots [2] in 5m"}],
       "failures": 4}
      """;
  private static final String KILLED =
      """
      {"incident": "web-4", "at": "2026-05-01T11:00:00Z",
       "summary": "web/0 was ended by signal KILL; all instances were ready again after 2s",
       "cause": "was ended by signal KILL", "evidence": {},
       "decisions": [{"at": "2026-05-01T11:00:00Z",
                      "did": "promoted standby slot 3 in place of slot 0"}],
       "failures": 1, "restoredAt": "2026-05-01T11:00:02Z"}
      """;
  private static final String VAGUE =
      """
      {"incident": "web-1", "at": "2026-05-01T10:00:00Z", "summary": "something was odd",
       "cause": "odd", "evidence": {}, "decisions": [], "failures": 0}
      """;

  private final FakeSupervisor supervisor;

  WhyCommandTest() throws IOException {
    supervisor = FakeSupervisor.start();
  }

  @AfterEach
  void stop() {
    supervisor.close();
  }

  private Ran why(String target, String... incidents) {
    supervisor.on(REQUEST, 200, "[" + String.join(",", incidents) + "]");
    return supervisor.run("why", target);
  }

  @Test
  void theNewestIncidentIsAStoryThatBeginsWithItsSummary() {
    Ran ran = why("web", LOOP, KILLED);

    assertThat(ran.code()).isZero();
    assertThat(ran.out())
        .isEqualToNormalizingNewlines(
            """
            web/2 exited with code 3, 4 failures; last: held slots [2] in 5m

            cause:     exited with code 3
            since:     2026-05-01T12:00:00Z
            exit:      exited with code 3, at 2026-05-01T12:00:09Z
            probe:     HTTP 503
              | reading config
              | no such key
            decisions:
              2026-05-01T12:00:00Z  saw that web/2#9 exited with code 3, and restarted
                                    because restart.backoff: the first is immediate
              2026-05-01T12:00:09Z  held slots [2] in 5m
            restored:  not yet

            before that:
              2026-05-01T11:00:00Z  web/0 was ended by signal KILL; all instances were ready again after 2s
            """);
  }

  @Test
  void anIncidentThatIsOverSaysWhen() {
    assertThat(why("web", KILLED).out())
        .startsWith("web/0 was ended by signal KILL; all instances were ready again after 2s")
        .contains("restored:  2026-05-01T11:00:02Z")
        .doesNotContain("before that", "exit:", "probe:");
  }

  @Test
  void aSlotIsToldOnlyWhatConcernsItOrWhatConcernsNobodyInParticular() {
    supervisor.on(REQUEST, 200, "[" + String.join(",", LOOP, KILLED, VAGUE) + "]");

    assertThat(supervisor.run("why", "web/2").out())
        .startsWith("web/2 exited with code 3")
        .contains("something was odd")
        .doesNotContain("KILL");
    assertThat(supervisor.run("why", "web/3").out())
        .startsWith("web/0 was ended by signal KILL")
        .contains("something was odd")
        .doesNotContain("code 3");
    assertThat(supervisor.requests()).containsOnly(REQUEST);
  }

  @Test
  void aServiceWithoutIncidentsIsOneLine() {
    Ran ran = why("web");

    assertThat(ran.code()).isZero();
    assertThat(ran.out()).isEqualToIgnoringNewLines("no incident of web is remembered");
  }

  @Test
  void aSlotWithoutIncidentsIsOneLine() {
    assertThat(why("web/7", LOOP).out())
        .isEqualToIgnoringNewLines("no incident of web/7 is remembered");
  }

  @Test
  void programsGetWhatConcernsTheSlot() {
    supervisor.on(REQUEST, 200, "[" + LOOP + "," + KILLED + "]");

    assertThat(supervisor.run("why", "web/0", "-o", "json").out())
        .contains("\"incident\" : \"web-4\"")
        .doesNotContain("web-9");
    assertThat(supervisor.run("why", "web", "-o", "yaml").out())
        .contains("- incident: web-9", "- incident: web-4");
  }

  @Test
  void anUnknownServiceIsToldInTheSupervisorsWords() {
    supervisor.on(REQUEST, 404, "{\"detail\": \"There is no service 'web'.\"}");

    Ran ran = supervisor.run("why", "web");

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).isEqualToIgnoringNewLines("There is no service 'web'.");
  }

  @Test
  void aTargetThatIsNoneIsBadUsage() {
    assertThat(supervisor.run("why", "Web").code()).isEqualTo(2);
    assertThat(supervisor.run("why", "web/one").code()).isEqualTo(2);
    assertThat(supervisor.run("why-not", "web/1").code()).isEqualTo(2);
  }
}
