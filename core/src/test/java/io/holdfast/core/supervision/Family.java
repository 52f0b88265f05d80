package io.holdfast.core.supervision;

import static io.holdfast.core.fixture.Palette.SHOP;
import static io.holdfast.core.fixture.Palette.START;

import io.holdfast.core.Decision;
import io.holdfast.core.GroupName;
import io.holdfast.core.ServiceName;
import io.holdfast.core.spec.GroupSpec;
import io.holdfast.core.spec.Strategy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The life of one group, told step by step; children do what the test says. */
final class Family {

  static final Child DB = service("db");
  static final Child CACHE = service("cache");
  static final Child WEB = service("web");

  private GroupState state = new GroupState.Blank();
  private Instant now = START;
  private final Map<Child, ChildReport> reports = new HashMap<>();
  private final List<GroupEffect> effects = new ArrayList<>();
  private Optional<GroupName> parent = Optional.empty();

  /** Db, cache and web, in this order, all of them up. */
  static Family of(Strategy strategy, int intensity) {
    return new Family().ensure(1, strategy, intensity, DB, CACHE, WEB).allUp();
  }

  static Family blank() {
    return new Family();
  }

  Family in(GroupName group) {
    parent = Optional.of(group);
    return this;
  }

  static Child service(String name) {
    return new Child.OfService(new ServiceName(name));
  }

  Family ensure(long version, Strategy strategy, int intensity, Child... children) {
    GroupSpec spec =
        new GroupSpec(
            SHOP,
            strategy,
            intensity,
            Duration.ofMinutes(5),
            List.of(children).stream().map(Child::title).toList());
    return tell(new GroupInput.Ensured(version, spec, List.of(children), parent));
  }

  /** Every child obeys every order at once, until nothing is left to do. */
  Family allUp() {
    while (active().cascade().isPresent()) {
      obeyed(active().cascade().orElseThrow().present().orElseThrow());
    }
    effects.clear();
    return this;
  }

  /** The child does what the present step of the cascade wants of it. */
  Family obeyed(Child child) {
    Cascade cascade = active().cascade().orElseThrow();
    return reported(
        child,
        cascade.order(),
        cascade.isHalting() ? ChildReport.Stage.DOWN : ChildReport.Stage.SETTLED);
  }

  Family reported(Child child, long order, ChildReport.Stage stage) {
    return report(
        child, new ChildReport(order, stage, ChildReport.Condition.WELL, Optional.empty()));
  }

  /** The child can do no more, for the failure of this epoch. */
  Family escalates(Child child, long epoch) {
    String id = child.title() + "/0#" + epoch;
    long order = state instanceof GroupState.Active active ? active.lastOrder() : 0;
    return report(
        child,
        new ChildReport(
            order,
            ChildReport.Stage.COMING_UP,
            ChildReport.Condition.DEGRADED,
            Optional.of(new Escalation(id, "exited with code 1"))));
  }

  /** What its own group is told. */
  ChildReport report() {
    return ChildReport.of(active(), reports);
  }

  private Family report(Child child, ChildReport report) {
    reports.put(child, report);
    return tell(new GroupInput.Reported(child, report));
  }

  Family passes(Duration duration) {
    now = now.plus(duration);
    return this;
  }

  Family tick() {
    return tell(new GroupInput.Ticked());
  }

  Family tell(GroupInput input) {
    effects.clear();
    Decision<GroupState, GroupEffect> decision =
        Group.decide(state, input, Map.copyOf(reports), now);
    state = decision.state();
    effects.addAll(decision.effects());
    return this;
  }

  List<GroupEffect> effects() {
    return List.copyOf(effects);
  }

  GroupState state() {
    return state;
  }

  GroupState.Active active() {
    return (GroupState.Active) state;
  }

  /** What the last step led to, in a word each. */
  List<String> happened() {
    return effects.stream().map(Family::word).toList();
  }

  /** As {@link #happened}, without what is only for the record. */
  List<String> done() {
    return effects.stream()
        .filter(effect -> !(effect instanceof GroupEffect.Persist))
        .map(Family::word)
        .toList();
  }

  private static String word(GroupEffect effect) {
    return switch (effect) {
      case GroupEffect.Persist(var event) -> event.getClass().getSimpleName();
      case GroupEffect.Halt(var child, _, _) -> "halt " + child.title();
      case GroupEffect.Begin(var child, _) -> "begin " + child.title();
      case GroupEffect.Hold(var child, var id, _) -> "hold " + child.title() + " for " + id;
    };
  }
}
