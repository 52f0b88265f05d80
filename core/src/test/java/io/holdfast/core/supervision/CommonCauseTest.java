package io.holdfast.core.supervision;

import static io.holdfast.core.fixture.Palette.DB;
import static io.holdfast.core.fixture.Palette.web;
import static io.holdfast.core.fixture.WebSpec.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.InstanceId;
import io.holdfast.core.detection.Finding;
import io.holdfast.core.detection.Finding.Opinion;
import io.holdfast.core.fixture.WebSpec;
import io.holdfast.core.spec.Thresholds.Response;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where most instances exceed the thresholds together, nobody is dealt with, and it is told. */
final class CommonCauseTest {

  private static final InstanceId FIRST = web(0, 1);
  private static final InstanceId SECOND = web(1, 2);
  private static final InstanceId THIRD = web(2, 3);

  private final Story story = Story.ready(spec());

  @ParameterizedTest
  @EnumSource(names = {"DOUBTFUL", "EXCEEDS"})
  void whereMostDoBadlyTheyAreNotTheCause(Opinion ofAnother) {
    most(ofAnother);

    assertThat(story.happened()).containsExactly("CommonCauseFound");
    assertThat(story.active().commonCause())
        .hasValue(new CommonCause(2, 3, SECOND, "43 of 120 requests failed", story.now()));
    assertThat(story.standing().ready()).isEqualTo(3);
  }

  @Test
  void whereHalfDoBadlyEachIsTheCauseItself() {
    Story four = Story.ready(spec().instances(4));

    four.judged(
        found(FIRST, Opinion.WELL),
        found(SECOND, Opinion.EXCEEDS),
        found(THIRD, Opinion.DOUBTFUL),
        found(web(3, 4), Opinion.WELL));

    assertThat(four.happened()).containsExactly("InstanceIsolated");
  }

  @Test
  void itIsPutOnRecordOnceWhenItBeginsAndOnceWhenItEnds() {
    most(Opinion.EXCEEDS);
    most(Opinion.EXCEEDS);
    assertThat(story.happened()).isEmpty();

    story.judged();
    assertThat(story.happened()).containsExactly("CommonCauseLapsed");
    assertThat(story.judged().happened()).isEmpty();
  }

  @Test
  void whereNobodySurelyExceedsThereIsNothingToTell() {
    story.judged(
        found(FIRST, Opinion.WELL),
        found(SECOND, Opinion.DOUBTFUL),
        found(THIRD, Opinion.DOUBTFUL));

    assertThat(story.happened()).isEmpty();
  }

  @Test
  void nobodyIsDealtWithByTheFindingThatEndsIt() {
    most(Opinion.EXCEEDS);

    assertThat(story.exceeds(SECOND).happened()).containsExactly("CommonCauseLapsed");
    assertThat(story.exceeds(SECOND).happened()).containsExactly("InstanceIsolated");
  }

  @Test
  void theIncidentTellsItAndIsOpenAsLongAsItLasts() {
    most(Opinion.EXCEEDS);
    Incident incident = latest();
    assertThat(incident.isOpen()).isTrue();
    assertThat(incident.summary())
        .isEqualTo(
            "web/1 exceeded its thresholds, as most others; last: left all instances in service,"
                + " since 2 of 3 instances do badly together");
    assertThat(incident.deeds().getFirst().because())
        .isEqualTo("health.thresholds: web/1#2: 43 of 120 requests failed");

    story.passes(Duration.ofSeconds(90)).judged();
    assertThat(latest().summary())
        .isEqualTo(
            "web/1 exceeded its thresholds, as most others; all instances were ready again after"
                + " 1m30s");
    assertThat(latest().deeds())
        .extracting(Deed::did)
        .contains("saw that most instances no longer do badly");
  }

  @Test
  void whileADependencyIsDownThatIsWhatIsTold() {
    Story dependent = Story.ready(spec().dependsOn(DB)).loses(DB);

    dependent.judged(found(SECOND, Opinion.EXCEEDS), found(THIRD, Opinion.EXCEEDS));

    assertThat(dependent.happened()).isEmpty();
  }

  @Test
  void thresholdsThatAreTakenBackEndIt() {
    most(Opinion.EXCEEDS);

    story.ensure(2, web().instances(3));

    assertThat(story.happened()).containsExactly("SpecAccepted", "CommonCauseLapsed");
  }

  private void most(Opinion ofAnother) {
    story.judged(
        found(FIRST, Opinion.WELL), found(SECOND, Opinion.EXCEEDS), found(THIRD, ofAnother));
  }

  private Incident latest() {
    return story.active().incidents().all().getFirst();
  }

  private static WebSpec spec() {
    return web().instances(3).thresholds(Response.ISOLATE);
  }

  private static Finding found(InstanceId instance, Opinion opinion) {
    return new Finding(instance, opinion, "43 of 120 requests failed");
  }
}
