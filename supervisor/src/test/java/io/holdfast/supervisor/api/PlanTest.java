package io.holdfast.supervisor.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a dry run tells. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PlanTest {

  private static final String DB = "name: db\ncommand: [db]\ninstances: 3\n";
  private static final String WEB =
      "---\nname: web\ncommand: [web]\ndependsOn: [{service: db, condition: ready}]\n";
  private static final String TILL =
      "---\nname: till\ncommand: [till]\ndependsOn: [{service: web, condition: started}]\n";
  private static final String SHOP = "---\nkind: group\nname: shop\nchildren: [db, web]\n";

  private ApiUnderTest api;

  @BeforeAll
  void start() throws Exception {
    api = new ApiUnderTest();
  }

  @BeforeEach
  void forget() {
    api.control.asked.clear();
  }

  @AfterAll
  void end() throws Exception {
    api.close();
  }

  private JsonNode plan(String before, String text) throws Exception {
    api.control.applyOutcome = new ApplyOutcome.Applied(Weighed.after(before, text));
    var response = api.call("POST", "/v1/apply?dryRun=true", text);
    assertThat(response.statusCode()).isEqualTo(200);
    return ApiUnderTest.json(response).path("applied");
  }

  @Test
  void onlyAsksWhatWouldHappen() throws Exception {
    plan(DB, DB);
    api.call("PUT", "/v1/services/db?dryRun=true", DB);

    assertThat(api.control.asked).containsExactly("plan [db]", "plan [db]");
  }

  @Test
  void aNewServiceRestartsNothingAndHasNothingToDifferFrom() throws Exception {
    assertThat(plan(DB, DB + WEB).get(1).toString())
        .isEqualTo(
            "{\"kind\":\"service\",\"name\":\"web\",\"version\":1,\"change\":\"created\","
                + "\"restarts\":0,\"dependents\":[]}");
  }

  @Test
  void aChangeNamesEveryDifferenceAndWhoDependsOnItDirectlyOrByOthers() throws Exception {
    String changed =
        """
        name: db
        command: [db, --big]
        instances: 3
        environment: {LOG_LEVEL: info}
        restart: {intensity: 3}
        """;

    assertThat(plan(DB + WEB + TILL, changed).get(0).toString())
        .isEqualTo(
            "{\"kind\":\"service\",\"name\":\"db\",\"version\":2,\"change\":\"updated\","
                + "\"restarts\":3,\"dependents\":[\"till\",\"web\"],\"diff\":["
                + "{\"path\":\"command\",\"from\":[\"db\"],\"to\":[\"db\",\"--big\"]},"
                + "{\"path\":\"environment.LOG_LEVEL\",\"to\":\"info\"},"
                + "{\"path\":\"restart.intensity\",\"to\":3}]}");
  }

  @Test
  void aDifferenceIsNamedByItsFullPathAndEndsWhereTheDefaultApplies() throws Exception {
    String before = DB + "restart: {intensity: 3, period: 30s}\n";
    String after = DB + "restart: {intensity: 4}\n";

    assertThat(plan(before, after).get(0).path("diff").toString())
        .isEqualTo(
            "[{\"path\":\"restart.intensity\",\"from\":3,\"to\":4},"
                + "{\"path\":\"restart.period\",\"from\":\"30s\"}]");
    assertThat(plan(before, after).get(0).path("restarts").intValue()).isZero();
  }

  @Test
  void whatStopsBeforeItStartsIsSaidToOnlyWhereSomethingRestarts() throws Exception {
    String fixed = "name: db\ncommand: [db]\ninstances: 3\nports: {sql: 5432}\n";

    assertThat(plan(DB, fixed).get(0).path("stopsFirst").booleanValue()).isTrue();
    assertThat(plan(fixed, DB).get(0).path("stopsFirst").booleanValue()).isTrue();
    assertThat(plan(fixed, fixed + "hold: {retry: 1m}\n").get(0).has("stopsFirst")).isFalse();
    assertThat(plan(DB, DB + "user: db\n").get(0).has("stopsFirst")).isFalse();
  }

  @Test
  void whoIsRestartedWithItIsNamedOnlyWhereSomethingRestarts() throws Exception {
    String follower =
        """
        ---
        name: shelf
        command: [shelf]
        dependsOn: [{service: db, onRestart: restart}]
        """;

    assertThat(plan(DB + WEB + follower, DB + "user: db\n").get(0).path("alsoRestarts").toString())
        .isEqualTo("[\"shelf\"]");
    assertThat(plan(DB + follower, DB + "hold: {retry: 1m}\n").get(0).has("alsoRestarts"))
        .isFalse();
    assertThat(plan(DB + WEB, DB + "user: db\n").get(0).has("alsoRestarts")).isFalse();
  }

  @Test
  void aGroupRestartsNothing() throws Exception {
    String shop = "kind: group\nname: shop\nstrategy: rest-for-one\nchildren: [web, db]\n";

    assertThat(plan(DB + WEB + SHOP, shop).get(0).toString())
        .isEqualTo(
            "{\"kind\":\"group\",\"name\":\"shop\",\"version\":2,\"change\":\"updated\","
                + "\"restarts\":0,\"diff\":["
                + "{\"path\":\"children\",\"from\":[\"db\",\"web\"],\"to\":[\"web\",\"db\"]},"
                + "{\"path\":\"strategy\",\"to\":\"rest-for-one\"}]}");
  }

  @Test
  void whatStaysAsItIsHasNoDifference() throws Exception {
    assertThat(plan(DB + WEB, DB + WEB).toString()).doesNotContain("diff", "stopsFirst");
  }

  @Test
  void oneServiceIsPlannedLikeMany() throws Exception {
    api.control.applyOutcome = new ApplyOutcome.Applied(Weighed.created(DB));

    var response = api.call("PUT", "/v1/services/db?dryRun=true", DB);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .isEqualTo(
            "{\"name\":\"db\",\"version\":1,\"change\":\"created\",\"restarts\":0,"
                + "\"dependents\":[]}");
  }
}
