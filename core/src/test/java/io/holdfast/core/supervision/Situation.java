package io.holdfast.core.supervision;

import static io.holdfast.core.fixture.Palette.NODE_A;
import static io.holdfast.core.fixture.Palette.SHOP;
import static io.holdfast.core.fixture.Palette.end;
import static io.holdfast.core.fixture.Palette.web;
import static io.holdfast.core.fixture.WebSpec.web;

import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.spec.RestartType;
import io.holdfast.core.spec.Thresholds;

/** Everything a service of one slot can be in; the instance in question is {@code web/0#1}. */
enum Situation {
  BLANK,
  VACANT,
  LAUNCHING,
  STARTED,
  READY,
  BACKING_OFF,
  HELD,
  ENDED,
  NEWCOMER_WANTED,
  NEWCOMER_LAUNCHING,
  NEWCOMER_READY,
  STOPPING_FIRST,
  LEAVING,
  STOPPING,
  GONE_LEAVING,
  GONE,
  IN_GROUP,
  ESCALATED,
  HALTED_LEAVING,
  HALTED,
  EXCLUSIVE,
  FENCED,
  DELEGATED,
  WATCHED,
  CONDEMNED,
  CONDEMNED_STOPPING;

  Story begin() {
    return switch (this) {
      case BLANK -> Story.blank();
      case VACANT -> Story.blank().placesNowhere().ensure(1, web());
      case LAUNCHING -> Story.of(web());
      case STARTED -> Story.of(web()).started(web(0, 1));
      case READY -> Story.ready(web());
      // Two failures in a budget of one: the instance in question is long dead.
      case BACKING_OFF -> Story.ready(web().intensity(1)).crashes(web(0, 1)).crashes(web(0, 2));
      case HELD -> Story.ready(web().intensity(0)).crashes(web(0, 1));
      case ENDED -> Story.ready(web().type(RestartType.TEMPORARY)).crashes(web(0, 1));
      case NEWCOMER_WANTED -> Story.ready(web()).placesNowhere().restart();
      case NEWCOMER_LAUNCHING -> launched(NEWCOMER_WANTED.begin());
      case NEWCOMER_READY -> launched(NEWCOMER_WANTED.begin()).ready(web(0, 2));
      case STOPPING_FIRST -> Story.ready(web().fixedPort()).placesNowhere().restart();
      case LEAVING -> scaled(Story.ready(web()));
      case STOPPING -> scaled(Story.ready(web())).drained(web(0, 1));
      case GONE_LEAVING -> Story.ready(web()).remove(2);
      case GONE -> Story.ready(web()).remove(2).crashes(web(0, 1));
      case IN_GROUP -> inGroup().ready(web(0, 1));
      case ESCALATED -> IN_GROUP.begin().crashes(web(0, 1));
      case HALTED_LEAVING -> IN_GROUP.begin().halt(SHOP, 2);
      case HALTED -> HALTED_LEAVING.begin().exits(web(0, 1), end(ExitCause.REQUESTED));
      case EXCLUSIVE -> Story.ready(web().exclusive());
      case FENCED -> EXCLUSIVE.begin().missed(web(0, 1));
      case DELEGATED -> Story.blank().autonomous(NODE_A).ensure(1, web()).ready(web(0, 1));
      case WATCHED -> Story.ready(web().thresholds(Thresholds.Response.RESTART));
      case CONDEMNED -> WATCHED.begin().exceeds(web(0, 1));
      case CONDEMNED_STOPPING -> CONDEMNED.begin().drained(web(0, 1));
    };
  }

  private static Story inGroup() {
    return Story.blank().in(SHOP).ensure(1, web().intensity(0)).begin(SHOP, 1);
  }

  private static Story launched(Story story) {
    return story.tell(new ServiceInput.Placed(0, NODE_A));
  }

  private static Story scaled(Story story) {
    return story.ensure(2, web().instances(0));
  }
}
