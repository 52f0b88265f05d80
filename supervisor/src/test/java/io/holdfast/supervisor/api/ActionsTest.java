package io.holdfast.supervisor.api;

import static org.assertj.core.api.Assertions.assertThat;

import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.holdfast.supervisor.api.ControlPlane.LogAnswer;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ActionsTest {

  private static final String SPEC = "{name: web, command: [web]}";

  private final ApiUnderTest api;

  ActionsTest() throws Exception {
    api = new ApiUnderTest();
  }

  @AfterEach
  void end() throws Exception {
    api.close();
  }

  @Test
  void allInstancesOrOneAreRestarted() throws Exception {
    assertThat(api.call("POST", "/v1/services/web/restart", "").statusCode()).isEqualTo(202);
    assertThat(api.call("POST", "/v1/services/web/restart?slot=2", "").statusCode()).isEqualTo(202);
    assertThat(api.call("POST", "/v1/services/web/restart?slot=-1", "").statusCode())
        .isEqualTo(400);
    assertThat(api.control.asked).containsExactly("restart web", "restart web/2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "restart?slot=",
        "restart?slot",
        "rollback?to=",
        "rollback?to",
      })
  void aNumberThatGotLostOnTheWayDoesNotMeanAnyOther(String call) throws Exception {
    var response = api.call("POST", "/v1/services/web/" + call, "");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(ApiUnderTest.json(response).path("detail").textValue())
        .endsWith("is wrong: expected a whole number, got ''.");
    assertThat(api.control.asked).isEmpty();
  }

  @Test
  void aNodeIsDrainedAndTakesInstancesAgain() throws Exception {
    assertThat(api.call("POST", "/v1/nodes/node-a/drain", "").statusCode()).isEqualTo(202);
    assertThat(api.call("POST", "/v1/nodes/node-a/undrain", "").statusCode()).isEqualTo(202);
    assertThat(api.call("POST", "/v1/nodes/!/drain", "").statusCode()).isEqualTo(404);
    assertThat(api.control.asked).containsExactly("drain node-a", "undrain node-a");

    api.control.changeOutcome = new ChangeOutcome.Unknown("there is no node 'node-b'");
    assertThat(api.call("POST", "/v1/nodes/node-b/drain", "").statusCode()).isEqualTo(404);
  }

  @Test
  void aServiceIsScaled() throws Exception {
    assertThat(api.call("POST", "/v1/services/web/scale", "{\"instances\": 5}").statusCode())
        .isEqualTo(202);
    assertThat(api.control.asked).containsExactly("scale web 5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "5",
        "{}",
        "{\"instances\":\"5\"}",
        "{\"instances\":-1}",
        "{\"instances\":10001}",
        "{\"instances\":1.5}",
        "{\"instances\":1,\"x\":2}",
        "[1]",
        "{\"instances\":"
      })
  void aNumberOfInstancesThatIsNoneIsRefused(String body) throws Exception {
    var response = api.call("POST", "/v1/services/web/scale", body);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(ApiUnderTest.json(response).path("detail").textValue())
        .isEqualTo("Expected {\"instances\": N} with N from 0 to 10000.");
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /v1/services/web/restart",
    "POST, /v1/services/web/rollback",
    "DELETE, /v1/services/web",
    "POST, /v1/nodes/node-a/drain",
    "PUT, /v1/services/web",
    "POST, /v1/apply",
  })
  void aChangeThatNobodyConfirmedMayHaveBeenMade(String method, String path) throws Exception {
    api.control.lost = Optional.of(new IllegalStateException("lost on the way"));

    assertThat(detail(api.call(method, path, path.endsWith("rollback") ? "" : SPEC)))
        .isEqualTo(
            "Nobody confirmed the change in time: it may have been made or not; look before you"
                + " try again.");
  }

  @ParameterizedTest
  @CsvSource({"PUT, /v1/services/web?dryRun=true", "POST, /v1/apply?dryRun=true"})
  void aPlanThatNobodyAnsweredHasChangedNothing(String method, String path) throws Exception {
    api.control.lost = Optional.of(new IllegalStateException("lost on the way"));

    assertThat(detail(api.call(method, path, SPEC)))
        .isEqualTo("The control plane did not answer in time; try again.");
  }

  private static String detail(HttpResponse<String> response) throws Exception {
    assertThat(response.statusCode()).isEqualTo(503);
    return ApiUnderTest.json(response).path("detail").textValue();
  }

  @Test
  void everyOutcomeHasItsStatus() throws Exception {
    assertStatus(new ChangeOutcome.Unknown("There is no service 'web'."), 404);
    assertStatus(new ChangeOutcome.Conflict("Not now."), 409);
    assertStatus(new ChangeOutcome.Invalid("Not that many."), 400);
    assertStatus(new ChangeOutcome.Unavailable("The journal is away."), 503);
  }

  @Test
  void theOutputOfAnInstanceIsText() throws Exception {
    api.control.logs = FakeControlPlane.output("one\n", "zwölf\n");

    var response = api.get("/v1/services/web/logs?slot=1&previous=true&tail=20&follow=");

    assertThat(response.headers().firstValue("Content-Type")).contains("text/plain; charset=UTF-8");
    assertThat(response.body()).isEqualTo("one\nzwölf\n");
    assertThat(api.control.asked)
        .containsExactly("logs web slot OptionalInt[1] previous true tail 20 follow false");
  }

  @Test
  void followedOutputArrivesBeforeItHasEnded() throws Exception {
    api.control.logs =
        new LogAnswer.Output(
            Source.single(ByteString.fromString("first\n")).concat(Source.never()));

    try (var body = api.open("/v1/services/web/logs?follow=true").body()) {
      assertThat(new String(body.readNBytes(6), StandardCharsets.UTF_8)).isEqualTo("first\n");
    }
  }

  @Test
  void noOutputIsToldWithItsReason() throws Exception {
    api.control.logs = new LogAnswer.None("Slot 7 has never run.");

    var response = api.get("/v1/services/web/logs?slot=7");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).contains("Slot 7 has never run.");
  }

  @Test
  void aSlotThatTheServiceDoesNotHaveIsNamed() throws Exception {
    api.control.logs = new LogAnswer.None("nothing of it has been launched yet");
    api.control.service = Optional.of(ServicesTest.detail(ServicesTest.newborn()));

    var there = api.get("/v1/services/web/logs?slot=0");
    var beyond = api.get("/v1/services/web/logs?slot=99");
    api.control.service = Optional.empty();

    assertThat(there.body()).contains("nothing of it has been launched yet");
    assertThat(beyond.statusCode()).isEqualTo(404);
    assertThat(ApiUnderTest.json(beyond).path("detail").textValue())
        .isEqualTo("'web' has no slot 99");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "slot=x",
        "follow=maybe",
        "previous=1",
        "tail=-5",
        "tail=0",
        "tail=99999999999999999999"
      })
  void aQueryThatIsWrongIsRefused(String query) throws Exception {
    var response = api.get("/v1/services/web/logs?" + query);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(ApiUnderTest.json(response).path("errors").get(0).path("path").textValue())
        .isEqualTo(query.substring(0, query.indexOf('=')));
  }

  private void assertStatus(ChangeOutcome outcome, int status) throws Exception {
    api.control.changeOutcome = outcome;
    assertThat(api.call("POST", "/v1/services/web/restart", "").statusCode()).isEqualTo(status);
  }
}
