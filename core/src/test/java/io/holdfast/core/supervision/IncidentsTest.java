package io.holdfast.core.supervision;

import static io.holdfast.core.fixture.Palette.DB;
import static io.holdfast.core.fixture.Palette.end;
import static io.holdfast.core.fixture.Palette.success;
import static io.holdfast.core.fixture.Palette.web;
import static io.holdfast.core.fixture.WebSpec.RESET;
import static io.holdfast.core.fixture.WebSpec.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.instance.ExitCause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The story of what went wrong, as it is told to people. */
final class IncidentsTest {

  @Test
  void aCrashOpensAnIncidentAndReadinessEndsIt() {
    Story story = Story.ready(web()).crashes(web(0, 1));
    assertThat(open(story).cause()).isEqualTo("was ended by signal KILL");
    assertThat(open(story).isOpen()).isTrue();

    story.passes(Duration.ofMillis(300)).ready(web(0, 2));

    assertThat(latest(story).restoredAt()).hasValue(story.now());
    assertThat(latest(story).summary())
        .isEqualTo("web/0 was ended by signal KILL; all instances were ready again after 300ms");
  }

  @Test
  void aCrashThatIsToldLateBeganWhenItHappened() {
    Story story = Story.ready(web()).passes(Duration.ofMinutes(10));
    Instant moment = story.now().minusSeconds(90);

    assertThat(open(story.crashed(web(0, 1), moment)).at()).isEqualTo(moment);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, -601})
  void aMomentThatCannotBeIsNotBelieved(long secondsFromNow) {
    Story story = Story.ready(web()).passes(Duration.ofMinutes(10));
    Instant moment = story.now().plusSeconds(secondsFromNow);

    assertThat(open(story.crashed(web(0, 1), moment)).at()).isEqualTo(story.now());
  }

  @Test
  void everyDecisionStandsInItWithTheClauseThatSaidSo() {
    Story story = Story.ready(web()).crashes(web(0, 1)).ready(web(0, 2));

    assertThat(latest(story).deeds())
        .extracting(Deed::did)
        .containsExactly(
            "saw that web/0#1 was ended by signal KILL, and restarted it in place at once",
            "launched web/0#2 on node a",
            "all instances are ready again");
    assertThat(latest(story).deeds().getFirst().because())
        .isEqualTo("restart.intensity: 1 of 3 within 1m on node a");
  }

  @Test
  void aLoopThatClimbsTheLadderIsOneIncidentThatTellsEveryRungInOrder() {
    Story story = Story.ready(web().intensity(1)).crashes(web(0, 1)).crashes(web(0, 2));
    story.passes(Duration.ofSeconds(1)).crashes(web(0, 3));

    assertThat(story.active().incidents().all()).hasSize(1);
    assertThat(latest(story).failures()).isEqualTo(3);
    assertThat(becauses(story))
        .containsExactly(
            "restart.intensity: 1 of 1 within 1m on node a",
            "restart.backoff: wait 1 of 1, 1s, after 1 restarts within 1m on node a",
            "hold.retry: replace: no other node can take it; it is in no group; tried again every"
                + " 5m");
    assertThat(latest(story).summary())
        .isEqualTo(
            "web/0 was ended by signal KILL, 3 failures; last: saw that web/0#3 was ended by"
                + " signal KILL, and held it in 5m");
  }

  @Test
  void aLoopWithoutEndIsSummarised() {
    Story story = Story.ready(web().intensity(1_000));
    for (int epoch = 1; epoch <= 500; epoch++) {
      story.crashes(web(0, epoch));
    }

    Incident incident = latest(story);
    assertThat(incident.failures()).isEqualTo(500);
    assertThat(incident.deeds()).hasSize(Incident.KEPT_FIRST + 1 + Incident.KEPT_LATEST);
    assertThat(incident.deeds().get(Incident.KEPT_FIRST).did())
        .isEqualTo("did 952 more things of the same kind");
  }

  @Test
  void oneThatFailsAgainBeforeItHasBeenWellForLongIsStillInTheSameIncident() {
    Story story = Story.ready(web()).crashes(web(0, 1)).ready(web(0, 2));
    story.passes(RESET.minusMillis(1)).crashes(web(0, 2)).ready(web(0, 3));
    assertThat(story.active().incidents().all()).hasSize(1);

    story.passes(RESET).crashes(web(0, 3));
    assertThat(story.active().incidents().all()).hasSize(2);
  }

  @Test
  void anotherFailureSoonAfterwardsIsAnotherIncident() {
    Story story = Story.ready(web()).crashes(web(0, 1)).ready(web(0, 2));
    story.exits(web(0, 2), success());

    assertThat(story.active().incidents().all())
        .extracting(Incident::cause)
        .containsExactly("exited with code 0", "was ended by signal KILL");
  }

  @Test
  void noTwoIncidentsHaveTheSameId() {
    Story story = Story.ready(web()).unready(web(0, 1)).ready(web(0, 1)).passes(RESET);
    story.unready(web(0, 1));

    assertThat(story.active().incidents().all())
        .hasSize(2)
        .extracting(Incident::id)
        .doesNotHaveDuplicates();
  }

  @Test
  void onlyTheLatestIncidentsAreKept() {
    Story story = Story.ready(web());
    for (int epoch = 1; epoch <= 50; epoch++) {
      story.crashes(web(0, epoch)).ready(web(0, epoch + 1)).passes(RESET);
    }

    assertThat(story.active().incidents().all()).hasSize(Incidents.KEPT);
    assertThat(latest(story).instance()).isEqualTo(web(0, 50));
  }

  @Test
  void whatWasAskedForIsNoIncident() {
    Story story = Story.ready(web()).exits(web(0, 1), end(ExitCause.SHUTDOWN));

    assertThat(story.active().incidents().all()).isEmpty();
  }

  @Test
  void aStandbyThatTakesOverEndsItAndTheRestartIsStillTold() {
    Story story = Story.ready(web().standby(1)).crashes(web(0, 1));

    assertThat(latest(story).isOpen()).isFalse();
    assertThat(latest(story).deeds())
        .extracting(Deed::did)
        .containsExactly(
            "saw that web/0#1 was ended by signal KILL, and restarted it in place at once",
            "promoted standby slot 1 in place of slot 0",
            "all instances are ready again",
            "launched web/0#3 on node a");
  }

  @Test
  void aReadinessProbeThatFailsIsOneTooWithWhatItSaid() {
    Story story = Story.ready(web()).unready(web(0, 1));

    assertThat(open(story).cause()).isEqualTo("was not ready any more");
    story.ready(web(0, 1));
    assertThat(latest(story).isOpen()).isFalse();
  }

  @Test
  void aFailureWhileADependencyIsDownSaysWhoseItIs() {
    Story story = Story.ready(web().dependsOn(DB)).loses(DB).crashes(web(0, 1));

    assertThat(open(story).cause()).isEqualTo("was ended by signal KILL while db was down");
    assertThat(becauses(story))
        .containsExactly("dependsOn: db is not as far as it must be, so nothing is counted");
  }

  private static Incident open(Story story) {
    return story.active().incidents().open().orElseThrow();
  }

  private static Incident latest(Story story) {
    return story.active().incidents().all().getFirst();
  }

  private static List<String> becauses(Story story) {
    return latest(story).deeds().stream()
        .filter(deed -> deed.did().startsWith("saw that"))
        .map(Deed::because)
        .toList();
  }
}
