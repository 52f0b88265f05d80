package io.holdfast.core.supervision;

import static io.holdfast.core.fixture.Palette.MALL;
import static io.holdfast.core.fixture.Palette.SHOP;
import static io.holdfast.core.spec.Strategy.REST_FOR_ONE;
import static io.holdfast.core.supervision.Family.CACHE;
import static io.holdfast.core.supervision.Family.DB;
import static io.holdfast.core.supervision.Family.WEB;

import io.holdfast.core.supervision.ChildReport.Stage;

/** Every kind of input to a group. */
enum GroupNews {
  ENSURED_AGAIN,
  ENSURED_ANEW,
  ENSURED_WITH_ANOTHER,
  REMOVED,
  REMOVED_BEFORE,
  DB_IS_UP,
  DB_WAS_UP_BEFORE,
  CACHE_IS_UP,
  WEB_IS_DOWN,
  WEB_GOES_DOWN,
  CACHE_ESCALATES,
  CACHE_ESCALATED_BEFORE,
  A_STRANGER_ESCALATES,
  HALT_ORDERED,
  HALT_ORDERED_BEFORE,
  HALT_ORDERED_BY_ANOTHER,
  BEGIN_ORDERED,
  BEGIN_ORDERED_BEFORE,
  HOLD_ORDERED,
  HOLD_ORDERED_FOR_ANOTHER,
  TICKED;

  Family tell(Family family) {
    return switch (this) {
      case ENSURED_AGAIN -> family.ensure(1, REST_FOR_ONE, 3, DB, CACHE, WEB);
      case ENSURED_ANEW -> family.ensure(9, REST_FOR_ONE, 3, DB, CACHE, WEB);
      case ENSURED_WITH_ANOTHER ->
          family.ensure(9, REST_FOR_ONE, 3, DB, CACHE, WEB, Family.service("mail"));
      case REMOVED -> family.tell(new GroupInput.Removed(9));
      case REMOVED_BEFORE -> family.tell(new GroupInput.Removed(1));
      case DB_IS_UP -> family.reported(DB, 99, Stage.SETTLED);
      case DB_WAS_UP_BEFORE -> family.reported(DB, 0, Stage.SETTLED);
      case CACHE_IS_UP -> family.reported(CACHE, 99, Stage.SETTLED);
      case WEB_IS_DOWN -> family.reported(WEB, 99, Stage.DOWN);
      case WEB_GOES_DOWN -> family.reported(WEB, 99, Stage.GOING_DOWN);
      case CACHE_ESCALATES -> family.escalates(CACHE, 8);
      case CACHE_ESCALATED_BEFORE -> family.escalates(CACHE, 7);
      case A_STRANGER_ESCALATES -> family.escalates(Family.service("mail"), 7);
      case HALT_ORDERED -> family.tell(new GroupInput.HaltOrdered(MALL, 5, "mall restarts"));
      case HALT_ORDERED_BEFORE -> family.tell(new GroupInput.HaltOrdered(MALL, 0, "long ago"));
      case HALT_ORDERED_BY_ANOTHER -> family.tell(new GroupInput.HaltOrdered(SHOP, 9, "no"));
      case BEGIN_ORDERED -> family.tell(new GroupInput.BeginOrdered(MALL, 5));
      case BEGIN_ORDERED_BEFORE -> family.tell(new GroupInput.BeginOrdered(MALL, 0));
      case HOLD_ORDERED -> family.tell(new GroupInput.HoldOrdered(MALL, "cache/0#7", "spent"));
      case HOLD_ORDERED_FOR_ANOTHER ->
          family.tell(new GroupInput.HoldOrdered(MALL, "web/0#1", "spent"));
      case TICKED -> family.tick();
    };
  }
}
