package io.holdfast.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplyCommandTest {

  private static final String APPLIED =
      """
      {"applied": [{"kind": "service", "name": "web", "version": 1, "change": "created"}]}
      """;

  private final FakeSupervisor supervisor;
  @TempDir Path directory;

  ApplyCommandTest() throws IOException {
    supervisor = FakeSupervisor.start();
  }

  @BeforeEach
  void accept() {
    supervisor.on("POST /v1/apply", 200, APPLIED);
  }

  @AfterEach
  void stop() {
    supervisor.close();
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  @Test
  void sendsTheFileAsItIsAndTellsWhatChanged() throws IOException {
    Path file = file("web.yaml", "name: web\ncommand: [run]\n");

    Ran ran = supervisor.run("apply", "-f", file.toString());

    assertThat(ran.code()).isZero();
    assertThat(ran.out()).isEqualToIgnoringNewLines("web created (version 1)");
    assertThat(supervisor.lastBody()).isEqualTo("name: web\ncommand: [run]\n");
  }

  @Test
  void readsTheStandardInput() {
    assertThat(supervisor.runWithInput("name: web\n", "apply", "-f", "-").code()).isZero();
    assertThat(supervisor.lastBody()).isEqualTo("name: web\n");
  }

  @Test
  void sendsADirectorysFilesInTheOrderOfTheirNames() throws IOException {
    file("b.yml", "name: b\n");
    file("a.yaml", "name: a");
    file("c.json", "{\t\"name\": \"c\"}");
    file("notes.txt", "not a spec");

    supervisor.run("apply", "-f", directory.toString());

    assertThat(supervisor.lastBody()).isEqualTo("name: a\n---\nname: b\n---\n{ \"name\": \"c\"}");
  }

  @Test
  void tellsEveryProblemWithItsFileAndLine() throws IOException {
    Path first = file("a.yaml", "name: a\ncommand: [run]\n");
    Path second = file("b.yaml", "name: b\ncomand: [run]\n");
    try (FakeSupervisor refusing = FakeSupervisor.start()) {
      refusing.on(
          "POST /v1/apply",
          400,
          """
          {"title": "Invalid", "status": 400, "detail": "2 problems", "errors": [
            {"line": 1, "path": "name", "detail": "is taken"},
            {"line": 5, "path": "comand", "detail": "unknown key, expected command"},
            {"path": "dependsOn", "detail": "a cycle"}]}
          """);

      Ran ran = refusing.run("apply", "-f", directory.toString());

      assertThat(ran.code()).isEqualTo(1);
      assertThat(ran.err().lines())
          .containsExactly(
              first + ":1: name: is taken",
              second + ":2: comand: unknown key, expected command",
              first + ": dependsOn: a cycle");
    }
  }

  @Test
  void aMissingFileIsOneLine() {
    Ran ran = supervisor.run("apply", "-f", directory.resolve("none.yaml").toString());

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).contains("none.yaml: no such file").hasLineCount(1);
    assertThat(supervisor.requests()).isEmpty();
  }

  @Test
  void anEmptyDirectoryIsOneLine() {
    Ran ran = supervisor.run("apply", "-f", directory.toString());

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).contains("holds no *.yaml").hasLineCount(1);
  }

  @Test
  void waitsUntilTheServiceIsReadyInTheVersionThatWasApplied() throws IOException {
    supervisor
        .on("GET /v1/services", 200, services("ready", 0))
        .on("GET /v1/services", 200, services("degraded", 1))
        .on("GET /v1/services", 200, services("ready", 1));

    Ran ran = supervisor.run("apply", "--wait", "-f", file("web.yaml", "name: web").toString());

    assertThat(ran.code()).isZero();
    assertThat(supervisor.requests())
        .filteredOn("GET /v1/services"::equals)
        .hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void tellsGroupsFromServicesAndWaitsForServicesOnly() throws IOException {
    try (FakeSupervisor both = FakeSupervisor.start()) {
      both.on(
              "POST /v1/apply",
              200,
              """
              {"applied": [
                {"kind": "service", "name": "web", "version": 1, "change": "created"},
                {"kind": "group", "name": "shop", "version": 3, "change": "updated"}]}
              """)
          .on("GET /v1/services", 200, services("ready", 1));

      Ran ran = both.run("apply", "--wait", "-f", file("web.yaml", "name: web").toString());

      assertThat(ran.code()).isZero();
      assertThat(ran.out().lines())
          .containsExactly("web created (version 1)", "group shop updated (version 3)");
    }
  }

  @Test
  void aGroupAloneIsNothingToWaitFor() throws IOException {
    try (FakeSupervisor group = FakeSupervisor.start()) {
      group.on(
          "POST /v1/apply",
          200,
          """
          {"applied": [{"kind": "group", "name": "shop", "version": 3, "change": "updated"}]}
          """);

      Ran ran = group.run("apply", "--wait", "-f", file("shop.yaml", "kind: group").toString());

      assertThat(ran.code()).isZero();
      assertThat(group.requests()).containsExactly("POST /v1/apply");
    }
  }

  @Test
  void aServiceThatIsReadyOnlyBetweenTwoCrashesIsNotReady() throws IOException {
    for (int restarts = 1; restarts <= 3; restarts++) {
      supervisor.on(
          "GET /v1/services",
          200,
          services("ready", 1).replace("}", ", \"restarts\": " + restarts + "}"));
    }
    supervisor
        .on("GET /v1/services", 200, services("held", 1))
        .on("GET /v1/services/web", 200, failing("held"));

    Ran ran = supervisor.run("apply", "--wait", "-f", file("web.yaml", "name: web").toString());

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).contains("web is held");
  }

  @Test
  void aVersionThatWasTakenBackIsNotWhatWasAppliedHoweverReadyTheServiceIs() throws IOException {
    Ran ran =
        updated(
            """
            [{"type": "rollout-began", "evidence": {"version": 2}},
             {"type": "rollout-failed", "cause": "the new instance of slot 0 exited with code 3",
              "evidence": {"backToVersion": 1}},
             {"type": "rollout-began", "evidence": {"version": 3}}]
            """);

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err())
        .isEqualToIgnoringNewLines(
            "web was not brought to version 2: the new instance of slot 0 exited with"
                + " code 3; it goes back to version 1");
  }

  @Test
  void whatFailedBeforeIsNoMatterOfTheVersionThatWasApplied() throws IOException {
    Ran ran =
        updated(
            """
            [{"type": "rollout-began", "evidence": {"version": 1}},
             {"type": "rollout-failed", "cause": "it exited with code 3"},
             {"type": "rollout-began", "evidence": {"version": 2}},
             {"type": "rollout-ended"}]
            """);

    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isZero();
  }

  /** Version 2 is applied, and the service is ready in version 3. */
  private Ran updated(String events) throws IOException {
    try (FakeSupervisor updating = FakeSupervisor.start()) {
      updating
          .on("POST /v1/apply", 200, APPLIED.replace("1", "2").replace("created", "updated"))
          .on("GET /v1/services", 200, services("ready", 3))
          .on("GET /v1/events?service=web&since=240s&limit=1000", 200, events);
      return updating.run("apply", "--wait", "-f", file("web.yaml", "name: web").toString());
    }
  }

  @Test
  void tellsWhyAServiceIsNotReady() throws IOException {
    supervisor
        .on("GET /v1/services", 200, services("degraded", 1))
        .on("GET /v1/services/web", 200, failing("degraded"));

    Ran ran =
        supervisor.run(
            "apply",
            "--wait",
            "--timeout",
            "300ms",
            "-f",
            file("web.yaml", "name: web").toString());

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err())
        .contains("web is degraded: 0 of 1 ready; web/0#3 exited with code 7")
        .hasLineCount(1);
  }

  @Test
  void doesNotWaitForAServiceThatIsHeld() throws IOException {
    supervisor
        .on("GET /v1/services", 200, services("held", 1))
        .on("GET /v1/services/web", 200, failing("held"));

    Ran ran =
        supervisor.run(
            "apply", "--wait", "--timeout", "1h", "-f", file("web.yaml", "name: web").toString());

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).contains("web is held");
  }

  private static String services(String state, int version) {
    return "[{\"name\": \"web\", \"state\": \"%s\", \"version\": %d}]".formatted(state, version);
  }

  private static String failing(String state) {
    return """
    {"name": "web", "state": "%s", "desired": 1, "ready": 0, "instances": [
      {"id": "web/0#3", "slot": 0, "state": "backing-off",
       "lastExit": {"code": 7, "reason": "exited with code 7", "log": ["no config"]}}]}
    """
        .formatted(state);
  }
}
