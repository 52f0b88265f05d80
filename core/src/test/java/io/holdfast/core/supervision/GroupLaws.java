package io.holdfast.core.supervision;

import static io.holdfast.core.fixture.Palette.MALL;
import static io.holdfast.core.spec.Strategy.ONE_FOR_ALL;
import static io.holdfast.core.supervision.Family.CACHE;
import static io.holdfast.core.supervision.Family.DB;
import static io.holdfast.core.supervision.Family.WEB;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A group's life with a little of everything in it. */
final class GroupLaws {

  private GroupLaws() {}

  /** Lives through it, and returns what was recorded on the way. */
  static List<GroupEvent> recorded(Family family) {
    List<GroupEvent> events = new ArrayList<>();
    note(events, family.in(MALL).ensure(1, ONE_FOR_ALL, 1, DB, CACHE, WEB));
    obey(events, family);
    note(events, family.escalates(CACHE, 7));
    obey(events, family);
    note(events, family.escalates(CACHE, 8));
    note(events, family.tell(new GroupInput.HaltOrdered(MALL, 5, "mall restarts")));
    obey(events, family);
    note(events, family.tell(new GroupInput.BeginOrdered(MALL, 5)));
    note(events, family.passes(Group.BEGIN_DEADLINE).tick());
    note(events, family.escalates(WEB, 9));
    note(events, family.tell(new GroupInput.HoldOrdered(MALL, "web/0#9", "spent")));
    note(events, family.ensure(2, ONE_FOR_ALL, 1, DB, CACHE));
    obey(events, family);
    return events;
  }

  private static void obey(List<GroupEvent> events, Family family) {
    while (family.active().cascade().isPresent()) {
      note(events, family.obeyed(family.active().cascade().orElseThrow().present().orElseThrow()));
    }
  }

  private static void note(List<GroupEvent> events, Family family) {
    family.effects().stream()
        .flatMap(
            effect ->
                effect instanceof GroupEffect.Persist(var event)
                    ? Stream.of(event)
                    : Stream.empty())
        .forEach(events::add);
  }
}
