package io.holdfast.supervisor.node;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.TimerScheduler;
import io.holdfast.core.Decision;
import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.detection.Absence;
import io.holdfast.core.detection.AbsenceEffect;
import io.holdfast.core.detection.AbsenceInput;
import io.holdfast.core.detection.Brake;
import io.holdfast.core.detection.Reach;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Finds out what has become of a host whose agent is not heard: has others look at its doors, and
 * asks the brake. What is to be put on record it leaves to the node's actor.
 */
final class AbsenceWatch {

  private static final Duration TICK = Duration.ofSeconds(1);

  /** When this process was late itself, the rest is not held against the agent. */
  private static final Duration LONGEST_STEP = Duration.ofSeconds(2);

  private static final Duration LONGEST_LOOK = Duration.ofSeconds(3);

  /** What one watched node has, and who can tell of it. */
  record Post(
      NodeId id,
      ActorRef<NodeDirectory.Command> directory,
      ActorRef<BrakeActor.Command> brake,
      Callers callers,
      LongSupplier ticker) {}

  private final ActorContext<NodeActor.Command> context;
  private final TimerScheduler<NodeActor.Command> timers;
  private final Post post;
  private final Supplier<Map<InstanceId, Door>> doors;
  private final Supplier<String> supervisor;
  private final ActorRef<SortedMap<InstanceId, Reach>> checked;
  private final ActorRef<Brake.Answer> ruled;
  private Optional<Absence> absence = Optional.empty();
  private long lastTick;

  /** When the look that is under way is given up; it ends by itself before that. */
  private long lookingUntil;

  /**
   * A watch that has nothing to watch yet.
   *
   * @param doors that the node is known to have
   * @param supervisor which has or had the session of its agent; blank when that is not known
   */
  @SuppressWarnings("unchecked")
  AbsenceWatch(
      ActorContext<NodeActor.Command> context,
      TimerScheduler<NodeActor.Command> timers,
      Post post,
      Supplier<Map<InstanceId, Door>> doors,
      Supplier<String> supervisor) {
    this.context = context;
    this.timers = timers;
    this.post = post;
    this.doors = doors;
    this.supervisor = supervisor;
    this.checked =
        context.messageAdapter(
            (Class<SortedMap<InstanceId, Reach>>) (Class<?>) SortedMap.class,
            found -> new NodeActor.Watched(new AbsenceInput.Checked(found)));
    this.ruled =
        context.messageAdapter(
            Brake.Answer.class,
            answer ->
                new NodeActor.Watched(
                    switch (answer) {
                      case Brake.Answer.Allowed() -> new AbsenceInput.Allowed();
                      case Brake.Answer.Withheld(var why) -> new AbsenceInput.Withheld(why);
                    }));
  }

  /** Whether the endpoints of the node are to be used only in need. */
  boolean isDoubted() {
    return absence.filter(Absence::doubted).isPresent();
  }

  /** Whether the agent should have connected by now. */
  boolean isOverdue() {
    return absence.filter(one -> !one.silence().isNegative()).isPresent();
  }

  /** The agent is not heard; false if that is known already. */
  boolean begin(Duration patience) {
    if (absence.isPresent()) {
      return false;
    }
    absence = Optional.of(Absence.begun(patience));
    lastTick = post.ticker().getAsLong();
    lookingUntil = lastTick;
    if (patience.isZero()) {
      look();
    }
    timers.startTimerWithFixedDelay(new NodeActor.WatchTick(), TICK);
    return true;
  }

  /** More doors are known: whether anybody lives there need not wait for the next tick. */
  void doorsFound() {
    if (absence
        .filter(one -> one.standing() == Absence.Standing.UNKNOWN)
        .filter(one -> !one.silence().isNegative())
        .isPresent()) {
      look();
    }
  }

  /** The agent is heard again, or the node is given up. */
  void end() {
    absence = Optional.empty();
    timers.cancel(new NodeActor.WatchTick());
  }

  /** Gives what is left for the node's actor to do. */
  List<AbsenceEffect> tick() {
    long now = post.ticker().getAsLong();
    Duration elapsed = Duration.ofNanos(now - lastTick);
    lastTick = now;
    return hear(new AbsenceInput.Passed(elapsed.compareTo(LONGEST_STEP) > 0 ? TICK : elapsed));
  }

  /** Gives what is left for the node's actor to do. */
  List<AbsenceEffect> hear(AbsenceInput input) {
    if (input instanceof AbsenceInput.Checked) {
      lookingUntil = post.ticker().getAsLong();
    }
    if (absence.isEmpty()) {
      return List.of();
    }
    Decision<Absence, AbsenceEffect> decision = Absence.decide(absence.get(), input);
    absence = Optional.of(decision.state());
    List<AbsenceEffect> rest = new ArrayList<>();
    for (AbsenceEffect effect : decision.effects()) {
      switch (effect) {
        case AbsenceEffect.Check() -> look();
        case AbsenceEffect.AskBrake(var due, var confirmed) ->
            post.brake()
                .tell(new BrakeActor.Ask(post.id(), supervisor.get(), due, confirmed, ruled));
        case AbsenceEffect.Bury(var instances) ->
            instances.forEach(instance -> post.callers().foundDead(post.id(), instance));
        case AbsenceEffect.Doubt _,
            AbsenceEffect.Trust _,
            AbsenceEffect.Condemn _,
            AbsenceEffect.Alarm _ ->
            rest.add(effect);
      }
    }
    return rest;
  }

  /** One look at a time. */
  private void look() {
    Map<InstanceId, Door> all = doors.get();
    long now = post.ticker().getAsLong();
    if (now - lookingUntil >= 0 && !all.isEmpty()) {
      lookingUntil = now + LONGEST_LOOK.toNanos();
      context.spawnAnonymous(Inquiry.of(post.id(), all, post.directory(), checked));
    }
  }
}
