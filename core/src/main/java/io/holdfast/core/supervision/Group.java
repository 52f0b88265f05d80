package io.holdfast.core.supervision;

import io.holdfast.core.Decision;
import io.holdfast.core.InWords;
import io.holdfast.core.spec.GroupSpec;
import io.holdfast.core.supervision.GroupState.Active;
import io.holdfast.core.supervision.GroupState.Answer;
import io.holdfast.core.supervision.GroupState.Blank;
import io.holdfast.core.supervision.GroupState.Gone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Supervises children that can do no more by themselves: a pure function from what is known and
 * what is new to what is done.
 *
 * <p>A child that escalates is restarted afresh, and with it the siblings that the strategy names:
 * they go down in the reverse order and come up in order, one after the other. When that has
 * happened too often within the period the group's own group is asked; where there is none, the
 * child is held and its siblings go on. Orders rise and are given until they are obeyed, so a lost
 * or repeated message does no harm.
 */
public final class Group {

  /** How long one child may take to end before the next one's turn comes all the same. */
  static final Duration HALT_DEADLINE = Duration.ofMinutes(5);

  /** How long one child may take to come up before the next one's turn comes all the same. */
  static final Duration BEGIN_DEADLINE = Duration.ofMinutes(2);

  private final Map<Child, ChildReport> reports;
  private final Instant now;
  private final List<GroupEffect> effects = new ArrayList<>();
  private GroupState state;

  private Group(GroupState state, Map<Child, ChildReport> reports, Instant now) {
    this.state = state;
    this.reports = reports;
    this.now = now;
  }

  /**
   * Decides; never throws for an input that is late, repeated or about something unknown.
   *
   * @param reports the latest of each child that is known, the one in {@code input} included
   */
  public static Decision<GroupState, GroupEffect> decide(
      GroupState state, GroupInput input, Map<Child, ChildReport> reports, Instant now) {
    Group group = new Group(state, reports, now);
    group.take(input);
    group.advance(input);
    return new Decision<>(group.state, group.effects);
  }

  private void take(GroupInput input) {
    switch (input) {
      case GroupInput.Ensured ensured -> ensured(ensured);
      case GroupInput.Removed(var version) -> {
        if (state instanceof Active active && version > active.version()) {
          record(new GroupEvent.Removed(version, now));
        }
      }
      case GroupInput.Reported(var child, var report) ->
          active()
              .filter(active -> active.children().contains(child))
              .flatMap(_ -> report.escalation())
              .ifPresent(escalation -> escalated(child, escalation));
      case GroupInput.HaltOrdered halt -> halted(halt);
      case GroupInput.BeginOrdered begin -> begun(begin);
      case GroupInput.HoldOrdered hold -> held(hold);
      case GroupInput.Ticked() -> {}
    }
  }

  private Optional<Active> active() {
    return state instanceof Active active ? Optional.of(active) : Optional.empty();
  }

  private void record(GroupEvent event) {
    effects.add(new GroupEffect.Persist(event));
    state = state.after(event);
  }

  private void ensured(GroupInput.Ensured input) {
    long known =
        switch (state) {
          case Blank() -> 0;
          case Active active -> active.version();
          case Gone gone -> gone.version();
        };
    List<Child> before = active().map(Active::children).orElse(List.of());
    if (input.version() > known) {
      record(new GroupEvent.SpecAccepted(input.version(), input.spec(), input.children(), now));
    }
    if (input.version() >= known && state instanceof Active active) {
      belongs(active, input);
      if (!before.equals(active.children()) && !active.membership().isHalted()) {
        cascade("the group was applied", List.of(), active.children());
      }
    }
  }

  private void belongs(Active active, GroupInput.Ensured input) {
    if (!active.membership().parent().equals(input.parent())) {
      record(
          input
              .parent()
              .<GroupEvent>map(parent -> new GroupEvent.GroupJoined(parent, now))
              .orElseGet(() -> new GroupEvent.GroupLeft(now)));
    }
  }

  private void escalated(Child child, Escalation escalation) {
    Active active = active().orElseThrow();
    Answer answer = active.answers().get(child.title());
    if (answer != null && answer.id().equals(escalation.id())) {
      if (answer instanceof Answer.GivenUp(var id, var clause)) {
        effects.add(new GroupEffect.Hold(child, id, clause));
      }
      return;
    }
    boolean settledByCascade =
        active.membership().isHalted()
            || active.cascade().filter(cascade -> cascade.willRestart(child)).isPresent();
    if (!settledByCascade) {
      decide(active, child, escalation);
    }
  }

  private void decide(Active active, Child child, Escalation escalation) {
    GroupSpec spec = active.spec();
    int restarts = active.restarts().count(spec.period(), now);
    String budget = " of " + spec.intensity() + " within " + InWords.of(spec.period());
    if (restarts < spec.intensity()) {
      String clause =
          "group %s: %s, restart %d%s".formatted(spec.name(), word(spec), restarts + 1, budget);
      record(new GroupEvent.ChildFailed(child, escalation, clause, now));
      restart(active, child, clause + ", after " + child.title() + " " + escalation.reason());
      return;
    }
    String spent = "group " + spec.name() + ": all restarts" + budget + " are made";
    if (active.membership().parent().isPresent()) {
      record(
          new GroupEvent.Escalated(
              child,
              escalation,
              spent + "; group " + active.membership().parent().get() + " decides",
              now));
    } else {
      giveUp(child, escalation, "hold.retry: " + spent);
    }
  }

  private void giveUp(Child child, Escalation escalation, String clause) {
    record(new GroupEvent.ChildGivenUp(child, escalation, clause, now));
    effects.add(new GroupEffect.Hold(child, escalation.id(), clause));
  }

  /** Whoever was on the way down or up already is taken along. */
  private void restart(Active active, Child failed, String why) {
    Set<Child> affected =
        new LinkedHashSet<>(active.spec().strategy().affected(active.children(), failed));
    active.cascade().ifPresent(cascade -> affected.addAll(cascade.toHalt()));
    active.cascade().ifPresent(cascade -> affected.addAll(cascade.toBegin()));
    List<Child> inOrder = active.children().stream().filter(affected::contains).toList();
    cascade(why, inOrder.reversed(), inOrder);
  }

  private void cascade(String why, List<Child> toHalt, List<Child> toBegin) {
    long order = active().orElseThrow().lastOrder() + 1;
    record(new GroupEvent.CascadeBegan(order, why, toHalt, toBegin, now));
  }

  private void halted(GroupInput.HaltOrdered input) {
    active()
        .filter(active -> active.membership().isNews(input.group(), input.order()))
        .ifPresent(
            active -> {
              record(new GroupEvent.Halted(input.group(), input.order(), input.why(), now));
              cascade(input.why(), active.children().reversed(), List.of());
            });
  }

  private void begun(GroupInput.BeginOrdered input) {
    active()
        .filter(
            active ->
                active.membership().isNews(input.group(), input.order())
                    || active
                        .membership()
                        .equals(new Membership.Halted(input.group(), input.order())))
        .ifPresent(
            active -> {
              record(new GroupEvent.Begun(input.group(), input.order(), now));
              if (active.membership().isHalted() || active.cascade().isPresent()) {
                cascade("group " + input.group() + " begins it", List.of(), active.children());
              }
            });
  }

  private void held(GroupInput.HoldOrdered input) {
    active()
        .filter(active -> active.membership().parent().equals(Optional.of(input.group())))
        .flatMap(Active::escalation)
        .filter(escalation -> escalation.id().equals(input.escalation()))
        .ifPresent(escalation -> passDown(escalation, input.clause()));
  }

  private void passDown(Escalation escalation, String clause) {
    Active active = active().orElseThrow();
    active.children().stream()
        .filter(
            child ->
                new Answer.PassedOn(escalation.id()).equals(active.answers().get(child.title())))
        .findFirst()
        .ifPresent(child -> giveUp(child, escalation, clause));
  }

  /**
   * Moves the cascade on as far as it goes. What is waited for is said when it has changed, and
   * again at each tick; to say it at every report would answer each report with the next one.
   */
  private void advance(GroupInput input) {
    forget();
    while (step()) {
      // Each round records that one child has done its part.
    }
    boolean isNews = effects.stream().anyMatch(effect -> effect instanceof GroupEffect.Persist);
    if (isNews || input instanceof GroupInput.Ticked) {
      active().flatMap(Active::cascade).ifPresent(this::order);
    }
  }

  /** The child has been restarted or held by other means: nobody need answer any more. */
  private void forget() {
    active()
        .flatMap(Active::escalation)
        .filter(escalation -> reports.values().stream().noneMatch(r -> isOf(r, escalation)))
        .ifPresent(_ -> record(new GroupEvent.EscalationExpired(now)));
  }

  private static boolean isOf(ChildReport report, Escalation escalation) {
    return report.escalation().equals(Optional.of(escalation));
  }

  private boolean step() {
    Optional<Cascade> cascade = active().flatMap(Active::cascade);
    if (cascade.isEmpty()) {
      return false;
    }
    Cascade current = cascade.get();
    if (current.isOver()) {
      record(new GroupEvent.CascadeEnded(current.order(), now));
      return false;
    }
    Child child = current.present().orElseThrow();
    if (isDone(current, child)) {
      record(new GroupEvent.CascadeStepped(current.order(), child, now));
      return true;
    }
    Duration deadline = current.isHalting() ? HALT_DEADLINE : BEGIN_DEADLINE;
    if (!current.since().plus(deadline).isAfter(now)) {
      record(new GroupEvent.CascadeStepSkipped(current.order(), child, now));
      return true;
    }
    return false;
  }

  private boolean isDone(Cascade cascade, Child child) {
    if (!active().orElseThrow().children().contains(child)) {
      return true;
    }
    ChildReport report = reports.get(child);
    if (report == null || report.order() < cascade.order()) {
      return false;
    }
    return report.stage()
        == (cascade.isHalting() ? ChildReport.Stage.DOWN : ChildReport.Stage.SETTLED);
  }

  private void order(Cascade cascade) {
    cascade
        .present()
        .ifPresent(
            child ->
                effects.add(
                    cascade.isHalting()
                        ? new GroupEffect.Halt(child, cascade.order(), cascade.why())
                        : new GroupEffect.Begin(child, cascade.order())));
  }

  private static String word(GroupSpec spec) {
    return spec.strategy().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
