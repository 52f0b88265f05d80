package io.holdfast.supervisor.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.GroupName;
import io.holdfast.core.spec.GroupSpec;
import io.holdfast.supervisor.api.ApplyOutcome.Applied;
import io.holdfast.supervisor.api.GroupDetail.ChildStatus;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GroupsTest {

  private static final String SERVICES =
      "name: db\ncommand: [db]\n---\nname: web\ncommand: [web]\n";
  private static final String SHOP =
      "kind: group\nname: shop\nstrategy: rest-for-one\nchildren: [db, web]\n";

  private ApiUnderTest api;

  @BeforeAll
  void start() throws Exception {
    api = new ApiUnderTest();
  }

  @BeforeEach
  void forget() {
    api.control.asked.clear();
    api.control.groups = List.of();
    api.control.changeOutcome = new ChangeOutcome.Accepted();
  }

  @AfterAll
  void end() throws Exception {
    api.close();
  }

  @Test
  void theListHasOneLinePerGroup() throws Exception {
    api.control.groups = List.of(shop(Optional.empty(), Optional.of(new GroupName("all"))));

    assertThat(api.get("/v1/groups").body())
        .isEqualTo(
            "[{\"name\":\"shop\",\"version\":2,\"state\":\"restarting\","
                + "\"children\":[\"db\",\"web\"],\"parent\":\"all\"}]");
  }

  @Test
  void theListComesInPages() throws Exception {
    api.control.groups = Stream.of("a", "b", "c").map(GroupsTest::named).toList();

    var first = api.get("/v1/groups?limit=2");
    var last = api.get("/v1/groups?limit=2&after=b");

    assertThat(first.headers().firstValue("Link"))
        .contains("</v1/groups?limit=2&after=b>; rel=\"next\"");
    assertThat(ApiUnderTest.json(last)).hasSize(1);
    assertThat(last.headers().firstValue("Link")).isEmpty();
  }

  @Test
  void oneGroupIsToldWithItsSpecificationAndItsChildren() throws Exception {
    api.control.groups = List.of(shop(Optional.of("db/0 spent its restarts"), Optional.empty()));

    var response = api.get("/v1/groups/shop");

    assertThat(response.headers().firstValue("ETag")).contains("\"2\"");
    assertThat(response.body())
        .isEqualTo(
            "{\"name\":\"shop\",\"version\":2,\"state\":\"restarting\",\"children\":["
                + "{\"kind\":\"service\",\"name\":\"db\",\"stage\":\"settled\"},"
                + "{\"kind\":\"service\",\"name\":\"web\",\"stage\":\"going-down\"}],"
                + "\"spec\":{\"kind\":\"group\",\"name\":\"shop\",\"strategy\":\"rest-for-one\","
                + "\"children\":[\"db\",\"web\"]},"
                + "\"doing\":\"db/0 spent its restarts\"}");
  }

  @Test
  void whatNobodyHasIsNotFound() throws Exception {
    for (String path : List.of("/v1/groups/shop", "/v1/groups/No!")) {
      var response = api.get(path);
      assertThat(response.statusCode()).isEqualTo(404);
      assertThat(response.body()).contains("There is no group '");
    }
  }

  @Test
  void aNewGroupIsCreatedAndAnOldOneUpdated() throws Exception {
    api.control.applyOutcome =
        new Applied(List.of(Weighed.created(SERVICES + "---\n" + SHOP).getLast()));
    var created = api.call("PUT", "/v1/groups/shop", SHOP);
    String changed = SHOP.replace("rest-for-one", "one-for-all");
    api.control.applyOutcome = new Applied(Weighed.after(SERVICES + "---\n" + SHOP, changed));
    var updated = api.call("PUT", "/v1/groups/shop", changed, "If-Match", "\"1\"");

    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(created.body())
        .isEqualTo("{\"name\":\"shop\",\"version\":1,\"change\":\"created\"}");
    assertThat(updated.statusCode()).isEqualTo(200);
    assertThat(updated.body())
        .isEqualTo("{\"name\":\"shop\",\"version\":2,\"change\":\"updated\"}");
    assertThat(updated.headers().firstValue("ETag")).contains("\"2\"");
    assertThat(api.control.asked).containsExactly("apply [shop]", "apply [shop] if 1");
  }

  @Test
  void aVersionThatHasChangedIsToldAsThatOfAGroup() throws Exception {
    api.control.applyOutcome = new ApplyOutcome.Stale(3);

    var response = api.call("PUT", "/v1/groups/shop", SHOP, "If-Match", "\"1\"");

    assertThat(response.statusCode()).isEqualTo(412);
    assertThat(response.body()).contains("The group is at version 3 by now.");
  }

  @Test
  void aDocumentOfTheOtherKindIsRefusedAtTheLineOfItsKind() throws Exception {
    var group = api.call("PUT", "/v1/services/shop", SHOP.replace("kind", "# a comment\nkind"));
    var service = api.call("PUT", "/v1/groups/web", "name: web\nkind: service\ncommand: [web]\n");
    var unsaid = api.call("PUT", "/v1/groups/web", "name: web\ncommand: [web]\n");

    assertRefused(group, 2, "kind", "expected service at this path");
    assertRefused(service, 2, "kind", "expected group at this path");
    assertRefused(unsaid, 1, "kind", "expected group at this path");
    assertThat(api.control.asked).isEmpty();
  }

  @Test
  void theNameInThePathMustBeTheOneInTheText() throws Exception {
    assertRefused(
        api.call("PUT", "/v1/groups/store", SHOP),
        2,
        "name",
        "expected 'store' as in the path, got 'shop'");
    assertThat(api.call("PUT", "/v1/groups/shop", SHOP + "---\n" + SERVICES).statusCode())
        .isEqualTo(400);
    assertThat(api.control.asked).isEmpty();
  }

  @Test
  void deletingIsAcceptedOrRefusedWhileAnotherGroupHasIt() throws Exception {
    assertThat(api.call("DELETE", "/v1/groups/shop", "").statusCode()).isEqualTo(202);
    assertThat(api.control.asked).containsExactly("delete group shop");

    api.control.changeOutcome = new ChangeOutcome.Conflict("'shop' is a child of group 'all'");
    var refused = api.call("DELETE", "/v1/groups/shop", "");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body()).contains("'shop' is a child of group 'all'");
  }

  private static void assertRefused(
      HttpResponse<String> response, int line, String path, String detail) throws Exception {
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(ApiUnderTest.json(response).path("errors").toString())
        .isEqualTo(
            "[{\"line\":%d,\"path\":\"%s\",\"detail\":\"%s\"}]".formatted(line, path, detail));
  }

  private static GroupDetail named(String name) {
    return detail(SHOP.replace("shop", name), Optional.empty(), Optional.empty());
  }

  private static GroupDetail shop(Optional<String> doing, Optional<GroupName> parent) {
    return detail(SHOP, doing, parent);
  }

  private static GroupDetail detail(
      String text, Optional<String> doing, Optional<GroupName> parent) {
    return new GroupDetail(
        (GroupSpec) Weighed.specs(text).getFirst(),
        2,
        "restarting",
        List.of(
            new ChildStatus("service", "db", "settled"),
            new ChildStatus("service", "web", "going-down")),
        doing,
        parent);
  }
}
