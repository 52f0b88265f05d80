package io.holdfast.core.supervision;

import static io.holdfast.core.fixture.Palette.MALL;
import static io.holdfast.core.spec.Strategy.ONE_FOR_ONE;
import static io.holdfast.core.spec.Strategy.REST_FOR_ONE;
import static io.holdfast.core.supervision.Family.CACHE;
import static io.holdfast.core.supervision.Family.DB;
import static io.holdfast.core.supervision.Family.WEB;

/** Everything a group of db, cache and web can be in; cache is the one that fails. */
enum GroupSituation {
  BLANK,
  BEGINNING,
  SETTLED,
  HALTING,
  COMING_UP,
  GIVEN_UP,
  CHILD,
  ESCALATED,
  GOING_DOWN,
  HALTED,
  GONE;

  Family begin() {
    return switch (this) {
      case BLANK -> Family.blank();
      case BEGINNING -> Family.blank().ensure(1, REST_FOR_ONE, 3, DB, CACHE, WEB);
      case SETTLED -> Family.of(REST_FOR_ONE, 3);
      case HALTING -> SETTLED.begin().escalates(CACHE, 7);
      case COMING_UP -> HALTING.begin().obeyed(WEB).obeyed(CACHE);
      case GIVEN_UP -> Family.of(REST_FOR_ONE, 0).escalates(CACHE, 7);
      case CHILD -> Family.blank().in(MALL).ensure(1, ONE_FOR_ONE, 0, DB, CACHE, WEB).allUp();
      case ESCALATED -> CHILD.begin().escalates(CACHE, 7);
      case GOING_DOWN -> CHILD.begin().tell(new GroupInput.HaltOrdered(MALL, 4, "mall restarts"));
      case HALTED -> GOING_DOWN.begin().allUp();
      case GONE -> SETTLED.begin().tell(new GroupInput.Removed(2));
    };
  }
}
