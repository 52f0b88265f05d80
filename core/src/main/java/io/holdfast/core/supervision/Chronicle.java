package io.holdfast.core.supervision;

import io.holdfast.core.InWords;
import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.Exit;
import io.holdfast.core.supervision.ServiceState.Active;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells from the recorded events what went wrong with a service, and what was done about it. */
final class Chronicle {

  private Chronicle() {}

  static Incidents after(Active before, ServiceEvent event, Active after) {
    return settled(noted(before, event), event.at(), after);
  }

  private static Incidents noted(Active before, ServiceEvent event) {
    Incidents incidents = before.incidents();
    return switch (event) {
      case ServiceEvent.InstanceExited exited -> exited(before, exited);
      case ServiceEvent.InstanceUnreadied unreadied -> unreadied(before, unreadied);
      case ServiceEvent.InstanceIsolated(var id, _, var until, var evidence, var at) ->
          exceeded(before, id, at, "isolated " + id + " for " + between(at, until), evidence);
      case ServiceEvent.IsolationEnded(var id, var at) ->
          did(incidents, at, "let " + id + " take requests again", "its isolation is over");
      case ServiceEvent.InstanceCondemned(var id, var evidence, var at) ->
          exceeded(before, id, at, "took " + id + " out of service to restart it", evidence);
      case ServiceEvent.CommonCauseFound found -> together(before, found);
      case ServiceEvent.CommonCauseLapsed(var at) ->
          did(
              incidents,
              at,
              "saw that most instances no longer do badly",
              "what was seen until then counts against nobody");
      case ServiceEvent.InstanceLaunched(var id, var node, _, var cause, var at) -> {
        Deed deed = new Deed(at, "launched " + id + " on node " + node, word(cause));
        yield cause == LaunchCause.FAILURE
            ? incidents.afterword(deed, before.spec().restart().backoff().reset())
            : incidents.note(incident -> incident.did(deed));
      }
      case ServiceEvent.IncomingLaunched(var id, var node, _, var relocation, var at) ->
          did(
              incidents,
              at,
              "launched " + id + " on node " + node,
              relocation.map(Chronicle::word).orElse("a rollout"));
      case ServiceEvent.StandbyPromoted(var failed, var promoted, var at) ->
          did(
              incidents,
              at,
              "promoted standby slot " + promoted + " in place of slot " + failed,
              "standby: a ready standby takes over at once");
      case ServiceEvent.SlotWoken(var slot, var at) ->
          // A short wait is told by the launch that ends it.
          before.slot(slot).occupancy() instanceof Occupancy.BackingOff
              ? incidents
              : did(incidents, at, "tried slot " + slot + " again", "its wait is over");
      case ServiceEvent.SlotsRevived(var slots, var why, var at) ->
          slots.isEmpty()
              ? incidents
              : did(incidents, at, "revived slots " + slots + " with full budgets", why);
      case ServiceEvent.SlotsHeld(var slots, var until, var clause, var at) ->
          did(incidents, at, "held slots " + slots + wait(at, until), clause);
      case ServiceEvent.Halted(var group, _, var why, var at) ->
          did(incidents, at, "ended every instance for group " + group, why);
      case ServiceEvent.Begun(var group, _, var at) ->
          did(incidents, at, "was let run again by group " + group, "");
      case ServiceEvent.SpecAccepted(var version, var spec, var at) ->
          did(
              incidents,
              at,
              "took over version " + version,
              Reversions.back(before, spec)
                  .map(back -> "it is back to version " + back.to() + " (rollout.autoRevert)")
                  .orElse("it was applied"));
      case ServiceEvent.DrainBegan(var id, var why, var at) ->
          did(incidents, at, "took " + id + " out of service", why);
      case ServiceEvent.DependencyRenewed(var dependency, _, var first, var at) ->
          first
              ? incidents
              : did(incidents, at, "noticed that " + dependency + " was restarted", "dependsOn");
      case ServiceEvent.RolloutEnded(var failure, var back, var at) ->
          failure.map(why -> failed(before, why, back, at)).orElse(incidents);
      case ServiceEvent.ReversionRefused(var failed, var why, var at) ->
          did(incidents, at, "stays at version " + failed, "it cannot go back: " + why);
      case ServiceEvent.RelocationEnded(var slot, var failure, _, var at) ->
          failure
              .map(why -> did(incidents, at, "left slot " + slot + " where it is", why))
              .orElse(incidents);
      case ServiceEvent.InstanceAdopted(var id, var node, _, var at) ->
          did(
              incidents,
              at,
              "took " + id + " on node " + node + " for its own",
              "it was launched after the backup that the journal was restored from");
      case ServiceEvent.StrangerFound(var id, var node, _, var at) ->
          did(incidents, at, "has " + id + " on node " + node + " ended", "exclusive: unknown");
      case ServiceEvent.RemovalBegan _,
          ServiceEvent.EpochsLifted _,
          ServiceEvent.InstanceReadied _,
          ServiceEvent.InstanceStarted _,
          ServiceEvent.StopBegan _,
          ServiceEvent.RolloutBegan _,
          ServiceEvent.TurnBegan _,
          ServiceEvent.TurnEnded _,
          ServiceEvent.RelocationBegan _,
          ServiceEvent.GroupJoined _,
          ServiceEvent.GroupLeft _,
          ServiceEvent.BudgetDelegated _,
          ServiceEvent.BudgetWithdrawn _ ->
          incidents;
    };
  }

  /** What the new instance died of is what people want to know. */
  private static Incidents failed(Active before, String why, Optional<Long> back, Instant at) {
    Rollout rollout = before.rollout().orElseThrow();
    Incident fresh =
        Incident.began(
            newest(before, rollout),
            at,
            "could not be brought to version " + rollout.version() + ": " + why);
    Incidents opened =
        opened(before, fresh).note(incident -> incident.did(new Deed(at, gaveUp(back), why)));
    return rollout.turn().orElse(null)
                instanceof Rollout.Surge(_, Rollout.Newcomer.Lost(var exit), _)
            && exit.isPresent()
        ? opened.note(incident -> incident.failed(exit.get()))
        : opened;
  }

  private static String gaveUp(Optional<Long> back) {
    return "gave up the rollout"
        + back.map(to -> " and goes back to version " + to + " (rollout.autoRevert)").orElse("");
  }

  /** The latest instance of the turn, or of what has had one, whatever became of it. */
  private static InstanceId newest(Active active, Rollout rollout) {
    return rollout
        .incoming()
        .map(Tenant::id)
        .or(() -> rollout.turn().map(turn -> latest(active, Stream.of(active.slot(turn.slot())))))
        .orElseGet(() -> latest(active, rollout.doneSlots().stream().map(active::slot)));
  }

  private static InstanceId latest(Active active, Stream<Slot> slots) {
    return slots
        .flatMap(slot -> slot.lastLaunch().stream())
        .map(Slot.LastLaunch::id)
        .max(Comparator.comparingLong(InstanceId::epoch))
        .orElseGet(() -> new InstanceId(active.spec().name(), 0, active.lastEpoch()));
  }

  private static Incidents exited(Active before, ServiceEvent.InstanceExited event) {
    InstanceId id = event.instance();
    String did = did(event);
    if (did.isEmpty()) {
      return before.incidents();
    }
    return opened(before, Incident.began(id, happened(before, event), cause(event)))
        .note(
            incident ->
                incident
                    .failed(event.exit())
                    .did(
                        new Deed(
                            event.at(),
                            "saw that " + id + " " + event.exit().reason() + ", and " + did,
                            event.clause())));
  }

  /** When it ended by the clock of its host, if that can be; else when that was told. */
  private static Instant happened(Active before, ServiceEvent.InstanceExited event) {
    Instant ended = event.exit().at();
    return before
        .holding(event.instance())
        .flatMap(Slot::lastSign)
        .filter(sign -> !ended.isBefore(sign) && !ended.isAfter(event.at()))
        .map(_ -> ended)
        .orElse(event.at());
  }

  private static String cause(ServiceEvent.InstanceExited event) {
    return event.verdict() instanceof Verdict.Await(var dependency)
        ? event.exit().reason() + " while " + dependency + " was down"
        : event.exit().reason();
  }

  /** Blank for an end that was asked for. */
  private static String did(ServiceEvent.InstanceExited event) {
    Instant at = event.at();
    return switch (event.verdict()) {
      case Verdict.Expected() -> "";
      case Verdict.Final() -> event.exit().endedWell() ? "" : "let it be";
      case Verdict.Await(var dependency) -> "waits for " + dependency;
      case Verdict.Relaunch() -> "launches it again where there is a place";
      case Verdict.Fence(var until) -> "waits for its lease" + wait(at, until);
      case Verdict.Delegated _ -> "its agent restarted it in place at once";
      case Verdict.RestartAtOnce() -> "restarted it in place at once";
      case Verdict.Paced(var until) -> "restarts it in place" + wait(at, until);
      case Verdict.BackOff(var until) -> "restarts it in place" + wait(at, until);
      case Verdict.Move() -> "moves it to another node";
      case Verdict.Escalate _ -> "asked its group";
      case Verdict.Hold(var until) -> "held it" + wait(at, until);
    };
  }

  private static Incidents unreadied(Active before, ServiceEvent.InstanceUnreadied event) {
    InstanceId id = event.instance();
    boolean matters =
        before.holding(id).filter(Slot::isActive).filter(slot -> !isCondemned(slot)).isPresent();
    return matters
        ? opened(before, Incident.began(id, event.at(), "was not ready any more"))
            .note(
                incident ->
                    incident
                        .probed(event.probe())
                        .did(
                            new Deed(
                                event.at(),
                                "took " + id + " out of the view",
                                "health.readiness: "
                                    + (event.probe().isBlank() ? "it failed" : event.probe()))))
        : before.incidents();
  }

  /** It is about to end, and is out of the view already. */
  private static boolean isCondemned(Slot slot) {
    return slot.tenant().filter(tenant -> tenant.regard() instanceof Regard.Condemned).isPresent();
  }

  private static Incidents exceeded(
      Active before, InstanceId id, Instant at, String did, String evidence) {
    return opened(before, Incident.began(id, at, "exceeded its thresholds"))
        .note(incident -> incident.did(new Deed(at, did, "health.thresholds: " + evidence)));
  }

  private static Incidents together(Active before, ServiceEvent.CommonCauseFound found) {
    CommonCause cause =
        new CommonCause(found.bad(), found.judged(), found.worst(), found.evidence(), found.at());
    return opened(
            before,
            Incident.began(found.worst(), found.at(), "exceeded its thresholds, as most others"))
        .note(
            incident ->
                incident.did(
                    new Deed(
                        found.at(),
                        "left all instances in service, since " + cause.summary(),
                        "health.thresholds: " + found.worst() + ": " + found.evidence())));
  }

  private static Incidents opened(Active before, Incident fresh) {
    return before.incidents().opened(fresh, before.spec().restart().backoff().reset());
  }

  private static Incidents did(Incidents incidents, Instant at, String did, String because) {
    return incidents.note(incident -> incident.did(new Deed(at, did, because)));
  }

  private static Incidents settled(Incidents incidents, Instant at, Active after) {
    boolean asWanted =
        after.slots().headMap(after.spec().slots()).values().stream()
            .filter(Slot::isActive)
            .allMatch(slot -> slot.isReady() || hasEndedWell(slot));
    boolean stays = after.commonCause().isEmpty() && after.reversion().isEmpty();
    return asWanted && stays && incidents.open().isPresent()
        ? incidents
            .note(
                incident ->
                    incident.did(
                        new Deed(
                            at,
                            "all instances are ready again",
                            "as many are ready as are desired")))
            .restored(at)
        : incidents;
  }

  private static boolean hasEndedWell(Slot slot) {
    return slot.occupancy() instanceof Occupancy.Ended
        && slot.lastExit().filter(Exit::endedWell).isPresent();
  }

  private static String wait(Instant at, Instant until) {
    return " in " + between(at, until);
  }

  private static String between(Instant at, Instant until) {
    return InWords.of(Duration.between(at, until));
  }

  private static String word(Relocation.Purpose purpose) {
    return switch (purpose) {
      case DRAIN -> "its node is being drained";
      case BALANCE -> "another node has more room";
    };
  }

  private static String word(LaunchCause cause) {
    return switch (cause) {
      case WANTED -> "the slot is wanted and was empty";
      case FAILURE -> "the instance before it failed";
      case ROLLOUT -> "a rollout";
    };
  }
}
