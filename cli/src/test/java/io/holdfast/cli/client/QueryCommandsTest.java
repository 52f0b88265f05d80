package io.holdfast.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.Ran;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QueryCommandsTest {

  private static final String WEB =
      """
      {"name": "web", "version": 4, "state": "degraded", "desired": 2, "ready": 1, "standby": 0,
       "restarts": 7, "paused": false}
      """;

  private final FakeSupervisor supervisor;

  QueryCommandsTest() throws IOException {
    supervisor = FakeSupervisor.start();
  }

  @AfterEach
  void stop() {
    supervisor.close();
  }

  @Test
  void servicesLineUp() {
    supervisor.on("GET /v1/services", 200, "[" + WEB + "]");

    assertThat(supervisor.run("get", "services").out())
        .isEqualToNormalizingNewlines(
            """
            SERVICE  STATE     READY  STANDBY  RESTARTS  VERSION
            web      degraded  1/2    0        7         4
            """);
  }

  @Test
  void everyPageOfAListIsFetched() {
    supervisor
        .onPage("GET /v1/services", "[" + WEB + "]", "/v1/services?after=web")
        .on("GET /v1/services?after=web", 200, "[" + WEB.replace("web", "zoo") + "]");

    assertThat(supervisor.run("get", "services").out()).contains("web ", "zoo ");
  }

  @Test
  void jsonAndYamlCarryEverything() {
    supervisor.on("GET /v1/services", 200, "[" + WEB + "]");

    assertThat(supervisor.run("get", "services", "-o", "json").out())
        .contains("\"restarts\" : 7")
        .contains("\"paused\" : false");
    assertThat(supervisor.run("get", "services", "-o", "yaml").out())
        .contains("- name: web")
        .contains("  restarts: 7");
  }

  @Test
  void ofANodeWhoseAgentIsAwayTheTakenPlacesCount() {
    supervisor.on(
        "GET /v1/nodes",
        200,
        """
        [{"id": "a", "state": "suspect", "address": "10.0.0.1", "reserved": {"places": 2},
          "instances": []}]
        """);

    assertThat(supervisor.run("get", "nodes").out()).contains("a     suspect  10.0.0.1  -     2");
  }

  @Test
  void nodesAndRoutesLineUp() {
    supervisor
        .on(
            "GET /v1/nodes",
            200,
            """
            [{"id": "a", "state": "ready", "address": "10.0.0.1", "instances": ["web/0#1"]}]
            """)
        .on(
            "GET /v1/routes",
            200,
            """
            {"version": "x-1", "services": {"web": [{"instance": "web/0#1", "address": "10.0.0.1",
             "port": 20001, "state": "ok", "weight": 100}]}}
            """);

    assertThat(supervisor.run("get", "nodes").out()).contains("a     ready  10.0.0.1  -     1");
    assertThat(supervisor.run("get", "routes").out())
        .contains("web      web/0#1   10.0.0.1:20001  ok     100     -");
  }

  @Test
  void aServiceTellsHowItsLastInstanceEndedAndWhatItSaid() {
    supervisor.on(
        "GET /v1/services/web",
        200,
        """
        {"name": "web", "version": 1, "state": "waiting", "desired": 1, "ready": 0, "standby": 0,
         "restarts": 3, "waitingFor": ["db is not ready"], "instances": [
          {"id": "web/0#4", "slot": 0, "role": "active", "state": "backing-off", "node": "a",
           "ports": {"http": 20001}, "address": "127.0.0.1", "restarts": 3,
           "lastExit": {"code": 3, "at": "2026-11-23T07:00:00Z", "reason": "exited with code 3",
                        "log": ["reading config", "no such key"]}}]}
        """);

    Ran ran = supervisor.run("describe", "service", "web");

    assertThat(ran.code()).isZero();
    assertThat(ran.out())
        .contains("web is waiting: 0 of 1 ready")
        .contains("waiting for: db is not ready")
        .contains("web/0#4   active  backing-off  a     -    127.0.0.1:20001  3")
        .contains("last exit of slot 0 at 2026-11-23T07:00:00Z: exited with code 3")
        .contains("  | reading config\n  | no such key");
  }

  @Test
  void aServiceThatHadTroubleTellsItsLatestIncident() {
    supervisor.on(
        "GET /v1/services/web",
        200,
        WEB.replace(
            "\"paused\": false",
            "\"paused\": false, \"incidents\": [{\"summary\": \"web/0 exited\"},"
                + " {\"summary\": \"older\"}]"));

    assertThat(supervisor.run("describe", "service", "web").out())
        .contains("latest incident: web/0 exited (holdfast why web tells more)")
        .doesNotContain("older");
  }

  @Test
  void groupsAndIncidentsLineUp() {
    supervisor
        .on(
            "GET /v1/groups",
            200,
            """
            [{"name": "shop", "version": 2, "state": "ready", "children": ["db", "web"],
              "parent": "all"}, {"name": "all", "version": 1, "state": "halted",
              "children": ["shop"]}]
            """)
        .on(
            "GET /v1/incidents",
            200,
            """
            [{"service": "web", "at": "2026-05-01T12:00:00Z", "summary": "web/0 exited"},
             {"service": "db", "at": "2026-05-01T11:00:00Z", "summary": "db/0 was killed",
              "restoredAt": "2026-05-01T11:00:02Z"}]
            """);

    assertThat(supervisor.run("get", "groups").out())
        .isEqualToNormalizingNewlines(
            """
            GROUP  STATE   VERSION  PARENT  CHILDREN
            shop   ready   2        all     db, web
            all    halted  1        -       shop
            """);
    assertThat(supervisor.run("get", "incidents").out())
        .isEqualToNormalizingNewlines(
            """
            SERVICE  SINCE                 SUMMARY          RESTORED
            web      2026-05-01T12:00:00Z  web/0 exited     -
            db       2026-05-01T11:00:00Z  db/0 was killed  2026-05-01T11:00:02Z
            """);
    assertThat(supervisor.run("get", "groups", "-o", "json").out()).contains("\"children\"");
  }

  @Test
  void aGroupTellsHowFarEachChildIs() {
    supervisor.on(
        "GET /v1/groups/shop",
        200,
        """
        {"name": "shop", "version": 2, "state": "restarting", "parent": "all",
         "doing": "db spent its restarts", "children": [
          {"kind": "service", "name": "db", "stage": "settled"},
          {"kind": "service", "name": "web", "stage": "going-down"}]}
        """);

    assertThat(supervisor.run("describe", "group", "shop").out())
        .isEqualToNormalizingNewlines(
            """
            shop is restarting, version 2
            child of: all
            restarting because: db spent its restarts

            KIND     CHILD  STAGE
            service  db     settled
            service  web    going-down
            """);
  }

  @Test
  void aNodeIsShownKeyByKey() {
    supervisor.on(
        "GET /v1/nodes/a",
        200,
        "{\"id\": \"a\", \"state\": \"ready\", \"labels\": {\"disk\": \"ssd\"}, \"instances\":"
            + " [\"web/0#1\"]}");

    assertThat(supervisor.run("describe", "node", "a").out())
        .contains("id            a")
        .contains("labels        disk=ssd")
        .contains("instance      web/0#1");
  }

  @Test
  void aNameIsAskedForAsItWasTyped() {
    supervisor.on(
        "GET /v1/services/a%20b%2B%2Fc", 404, "{\"detail\": \"there is no such service\"}");
    assertThat(supervisor.run("describe", "service", "a b+/c").err()).contains("no such service");
  }

  @Test
  void aRefusalIsToldInTheSupervisorsWords() {
    supervisor.on(
        "GET /v1/services/nosuch",
        404,
        "{\"title\": \"Not found\", \"status\": 404, \"detail\": \"there is no service"
            + " 'nosuch'\"}");

    Ran ran = supervisor.run("describe", "service", "nosuch");

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).isEqualToIgnoringNewLines("there is no service 'nosuch'");
  }

  @Test
  void anAnswerThatIsNoProblemDocumentIsToldByItsStatus() {
    supervisor.on("GET /v1/nodes", 502, "text/html", "<html>bad gateway</html>");

    assertThat(supervisor.run("get", "nodes").err()).contains("answered with status 502");
  }

  @Test
  void logsArePrintedAsTheyCome() {
    supervisor.on(
        "GET /v1/services/web/logs?slot=2&previous=true&tail=5", 200, "text/plain", "a\nb\n");

    Ran ran = supervisor.run("logs", "web/2", "--previous", "--tail", "5");

    assertThat(ran.out()).isEqualTo("a\nb\n");
  }

  @Test
  void aTailOfNoLinesIsBadUsage() {
    assertThat(supervisor.run("logs", "web", "--tail", "0").err())
        .contains("expected 1 or more, got '0'");
    assertThat(supervisor.requests()).isEmpty();
  }

  @Test
  void logsThatDoNotExistAreOneLine() {
    supervisor.on("GET /v1/services/web/logs", 404, "{\"detail\": \"web has no output\"}");

    Ran ran = supervisor.run("logs", "web");

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).isEqualToIgnoringNewLines("web has no output");
  }

  @Test
  void anEventIsALineThatNamesItsCauseAndEvidence() {
    supervisor.on(
        "GET /v1/events?service=web&since=10m",
        200,
        """
        [{"id": 7, "at": "2026-11-23T07:00:00Z", "type": "instance-exited", "instance": "web/0#4",
          "cause": "6", "evidence": {"signal": "KILL", "log": ["x"]}}]
        """);

    assertThat(supervisor.run("events", "--service", "web", "--since", "10m").out())
        .isEqualToIgnoringNewLines(
            "2026-11-23T07:00:00Z  instance-exited  instance=web/0#4  cause=6  signal=KILL");
  }

  @Test
  void saysThatThereAreNoEventsOfAServiceInCaseItsNameIsWrong() {
    supervisor.on("GET /v1/events?service=wbe", 200, "[]");

    Ran ran = supervisor.run("events", "--service", "wbe");

    assertThat(ran.code()).isZero();
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .isEqualToIgnoringNewLines(
            "nothing is on record of wbe; 'holdfast get services' names them all");
  }
}
