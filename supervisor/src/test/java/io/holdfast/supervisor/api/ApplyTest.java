package io.holdfast.supervisor.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.catalog.Flaw;
import io.holdfast.supervisor.api.ApplyOutcome.Applied;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ApplyTest {

  private static final String SPEC = "name: web\ncommand: [web]\n";

  private final ApiUnderTest api;

  ApplyTest() throws Exception {
    api = new ApiUnderTest();
  }

  @BeforeEach
  void everythingIsCreated() {
    api.control.applyOutcome = new Applied(Weighed.created(SPEC));
  }

  @AfterEach
  void end() throws Exception {
    api.close();
  }

  @Test
  void aNewServiceIsCreatedFromYamlOrJson() throws Exception {
    var yaml = api.call("PUT", "/v1/services/web", SPEC);
    var json =
        api.call(
            "PUT",
            "/v1/services/web",
            "{\"name\":\"web\",\"command\":[\"web\"]}",
            "Content-Type",
            "application/json");

    assertThat(yaml.statusCode()).isEqualTo(201);
    assertThat(yaml.body())
        .isEqualTo("{\"name\":\"web\",\"version\":1,\"change\":\"created\"}")
        .isEqualTo(json.body());
    assertThat(yaml.headers().firstValue("ETag")).contains("\"1\"");
    assertThat(api.control.asked).containsExactly("apply [web]", "apply [web]");
  }

  @Test
  void aServiceThatWasThereIsUpdated() throws Exception {
    api.control.applyOutcome = new Applied(Weighed.after("name: web\ncommand: [former]\n", SPEC));

    var response = api.call("PUT", "/v1/services/web", SPEC, "If-Match", "\"1\"");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .isEqualTo("{\"name\":\"web\",\"version\":2,\"change\":\"updated\"}");
    assertThat(api.control.asked).containsExactly("apply [web] if 1");
  }

  @Test
  void aConditionThatDoesNotHoldIsToldAsSuch() throws Exception {
    api.control.applyOutcome = new ApplyOutcome.Stale(7);
    var stale = api.call("PUT", "/v1/services/web", SPEC, "If-Match", "\"1\"");
    var senseless = api.call("PUT", "/v1/services/web", SPEC, "If-Match", "latest");

    assertThat(stale.statusCode()).isEqualTo(412);
    assertThat(stale.body()).contains("The service is at version 7 by now.");
    assertThat(senseless.statusCode()).isEqualTo(400);
  }

  @Test
  void manyDocumentsAreAppliedTogether() throws Exception {
    String all =
        "name: db\ncommand: [db]\n---\n"
            + SPEC
            + "---\nkind: group\nname: shop\nchildren: [db, web]\n";
    api.control.applyOutcome = new Applied(Weighed.after(SPEC, all));

    var response = api.call("POST", "/v1/apply", all);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .isEqualTo(
            "{\"applied\":[{\"kind\":\"service\",\"name\":\"db\",\"version\":1,"
                + "\"change\":\"created\"},{\"kind\":\"service\",\"name\":\"web\",\"version\":1,"
                + "\"change\":\"unchanged\"},{\"kind\":\"group\",\"name\":\"shop\",\"version\":1,"
                + "\"change\":\"created\"}]}");
    assertThat(api.control.asked).containsExactly("apply [db, web, shop]");
  }

  @Test
  void aTextThatIsWrongIsRefusedWithEveryLineAndAsksNothing() throws Exception {
    var response = api.call("POST", "/v1/apply", "name: web\ncomand: [web]\ninstances: x\n");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    var problem = ApiUnderTest.json(response);
    assertThat(problem.path("title").textValue()).isEqualTo("Invalid specification");
    assertThat(problem.path("detail").textValue()).isEqualTo("Nothing was applied: 3 problems.");
    assertThat(problem.path("errors").get(2).toString())
        .isEqualTo(
            "{\"line\":3,\"path\":\"instances\",\"detail\":\"expected a whole number, got 'x'\"}");
    assertThat(api.control.asked).isEmpty();
  }

  @Test
  void whatOnlyShowsNextToOtherServicesIsToldWithItsLineToo() throws Exception {
    api.control.applyOutcome =
        new ApplyOutcome.Refused(
            List.of(new Flaw("web", "dependsOn[1].service", "there is no service 'queue'")));

    var response =
        api.call(
            "POST",
            "/v1/apply",
            "name: db\ncommand: [db]\n---\n"
                + SPEC
                + "dependsOn:\n- service: db\n- condition: ready\n  service: queue\n");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(ApiUnderTest.json(response).path("errors").toString())
        .isEqualTo(
            "[{\"line\":9,\"path\":\"dependsOn[1].service\","
                + "\"detail\":\"there is no service 'queue'\"}]");
  }

  @Test
  void theNameInThePathMustBeTheOneInTheText() throws Exception {
    var response = api.call("PUT", "/v1/services/db", SPEC);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(ApiUnderTest.json(response).path("errors").toString())
        .isEqualTo(
            "[{\"line\":1,\"path\":\"name\","
                + "\"detail\":\"expected 'db' as in the path, got 'web'\"}]");
    assertThat(
            api.call("PUT", "/v1/services/web", SPEC + "---\nname: db\ncommand: [db]").statusCode())
        .isEqualTo(400);
    assertThat(api.control.asked).isEmpty();
  }

  @Test
  void aJournalThatIsAwayIsA503() throws Exception {
    api.control.applyOutcome = new ApplyOutcome.Unavailable("The journal is away.");

    var response = api.call("PUT", "/v1/services/web", SPEC);

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Retry-After")).contains("1");
  }

  @Test
  void aBodyThatIsTooLargeOrNoTextIsRefused() throws Exception {
    String large = SPEC + "#".repeat(1024 * 1024);

    assertThat(api.call("POST", "/v1/apply", large).statusCode()).isEqualTo(413);
    assertThat(api.call("POST", "/v1/apply", "").statusCode()).isEqualTo(400);
    assertThat(
            api.raw("POST /v1/apply HTTP/1.1", "Host: localhost", "Content-Length: 999999999999"))
        .startsWith("HTTP/1.1 413");
    assertThat(api.control.asked).isEmpty();
  }
}
