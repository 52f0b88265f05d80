package io.holdfast.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanCommandTest {

  private static final String REQUEST = "POST /v1/apply?dryRun=true";

  private final FakeSupervisor supervisor;
  @TempDir Path directory;

  PlanCommandTest() throws IOException {
    supervisor = FakeSupervisor.start();
  }

  @AfterEach
  void stop() {
    supervisor.close();
  }

  @Test
  void eachDocumentIsARowAndBelowItStandsWhatItMeans() {
    supervisor.on(
        REQUEST,
        200,
        """
        {"applied": [
          {"kind": "service", "name": "db", "version": 2, "change": "updated", "restarts": 3,
           "alsoRestarts": ["till"], "dependents": ["till", "web"], "diff": [
             {"path": "command", "from": ["db"], "to": ["db", "--big"]},
             {"path": "restart.intensity", "to": 3},
             {"path": "user", "from": "db"}]},
          {"kind": "service", "name": "web", "version": 1, "change": "created", "restarts": 0,
           "dependents": []},
          {"kind": "group", "name": "shop", "version": 4, "change": "unchanged", "restarts": 0}]}
        """);

    Ran ran = supervisor.runWithInput("name: db\n", "plan", "-f", "-");

    assertThat(ran.code()).isZero();
    assertThat(ran.out())
        .isEqualToNormalizingNewlines(
            """
            KIND     NAME  CHANGE     VERSION  RESTARTS
            service  db    updated    2        3
              command: ["db"] -> ["db","--big"]
              restart.intensity: (unset) -> 3
              user: db -> (unset)
              restarts 3 instances (one after the other)
              restarted with it: till
              depends on it: till, web
            service  web   created    1        0
            group    shop  unchanged  4        0
            """);
    assertThat(supervisor.lastBody()).isEqualTo("name: db\n");
  }

  @Test
  void whatStopsFirstIsSaid() {
    supervisor.on(
        REQUEST,
        200,
        """
        {"applied": [{"kind": "service", "name": "db", "version": 2, "change": "updated",
          "restarts": 1, "stopsFirst": true, "dependents": [], "diff": []}]}
        """);

    assertThat(supervisor.runWithInput("name: db\n", "plan", "-f", "-").out())
        .contains("  restarts 1 instance (stops first, so it is briefly fewer)");
  }

  @Test
  void whatStaysAsItIsAffectsNobody() {
    supervisor.on(
        REQUEST,
        200,
        """
        {"applied": [{"kind": "service", "name": "db", "version": 2, "change": "unchanged",
          "restarts": 0, "dependents": ["web"]}]}
        """);

    assertThat(supervisor.runWithInput("name: db\n", "plan", "-f", "-").out())
        .hasLineCount(2)
        .doesNotContain("depends");
  }

  @Test
  void programsGetTheSupervisorsAnswer() {
    supervisor.on(
        REQUEST,
        200,
        "{\"applied\": [{\"kind\": \"service\", \"name\": \"db\", \"restarts\": 3}]}");

    assertThat(supervisor.runWithInput("name: db\n", "plan", "-f", "-", "-o", "json").out())
        .contains("\"applied\" : [")
        .contains("\"restarts\" : 3");
    assertThat(supervisor.runWithInput("name: db\n", "plan", "-f", "-", "-o", "yaml").out())
        .startsWith("applied:")
        .contains("  restarts: 3");
  }

  @Test
  void aRefusalNamesFileAndLineAsForApply() throws IOException {
    Files.writeString(directory.resolve("a.yaml"), "name: a\ncommand: [run]\n");
    Path second = Files.writeString(directory.resolve("b.yaml"), "name: b\ncomand: [run]\n");
    supervisor.on(
        REQUEST,
        400,
        """
        {"title": "Invalid", "status": 400, "detail": "1 problem", "errors": [
          {"line": 5, "path": "comand", "detail": "unknown key, expected command"}]}
        """);

    Ran ran = supervisor.run("plan", "-f", directory.toString());

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err())
        .isEqualToIgnoringNewLines(second + ":2: comand: unknown key, expected command");
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void withoutAFileItIsBadUsage() {
    assertThat(supervisor.run("plan").code()).isEqualTo(2);
  }
}
