package io.holdfast.core.supervision;

import static io.holdfast.core.fixture.Palette.success;
import static io.holdfast.core.fixture.Palette.web;
import static io.holdfast.core.fixture.WebSpec.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.spec.RestartType;
import org.junit.jupiter.api.Test;

/** When nothing is under way in a service. */
final class RestTest {

  @Test
  void whereAllAreReady() {
    assertThat(isAtRest(Story.ready(web().instances(2).standby(1)))).isTrue();
  }

  @Test
  void whereAllHaveEndedAndAreToEnd() {
    Story story = Story.ready(web().type(RestartType.TRANSIENT)).exits(web(0, 1), success());

    assertThat(isAtRest(story)).isTrue();
  }

  @Test
  void notBeforeAllAreReady() {
    Story story = Story.of(web().instances(2)).ready(web(0, 1));
    assertThat(isAtRest(story)).isFalse();

    assertThat(isAtRest(story.ready(web(1, 2)))).isTrue();
  }

  @Test
  void notWhileOneIsNotReadyAnyMore() {
    assertThat(isAtRest(Story.ready(web()).unready(web(0, 1)))).isFalse();
  }

  @Test
  void notWhileOneIsMissing() {
    assertThat(isAtRest(Story.ready(web()).crashes(web(0, 1)))).isFalse();
  }

  @Test
  void notWhileANewVersionIsRolledOut() {
    assertThat(isAtRest(Story.ready(web()).ensure(2, web().program("other")))).isFalse();
  }

  @Test
  void notWhileThoseLeaveThatAreNotWanted() {
    Story story = Story.ready(web().instances(2)).ensure(2, web().instances(1));

    assertThat(isAtRest(story)).isFalse();
  }

  @Test
  void whereNobodyHasAskedForItOrItIsGone() {
    assertThat(Rest.isAtRest(new ServiceState.Blank())).isTrue();
    assertThat(isAtRest(Story.ready(web()).remove(2))).isFalse();
  }

  private static boolean isAtRest(Story story) {
    return Rest.isAtRest(story.state());
  }
}
