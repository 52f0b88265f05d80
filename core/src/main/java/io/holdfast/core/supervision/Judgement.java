package io.holdfast.core.supervision;

import io.holdfast.core.InWords;
import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.instance.Exit;
import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.instance.ExitStatus;
import io.holdfast.core.placement.Candidate;
import io.holdfast.core.spec.ReplacePolicy;
import io.holdfast.core.spec.RestartPolicy;
import io.holdfast.core.spec.ServiceSpec;
import io.holdfast.core.supervision.ServiceState.Active;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which rung an end leads to: at once, after a wait, on another node, the group, held. A rung that
 * cannot be taken is skipped, and the clause says why.
 */
final class Judgement {

  /** How long a group may take to answer before the slot is held without it. */
  static final Duration GROUP_ANSWERS_WITHIN = Duration.ofSeconds(60);

  /** Beyond the lease: the supervisor's and the host's clocks need not run equally fast. */
  static final Duration FENCE_MARGIN = Duration.ofSeconds(2);

  private final Active active;
  private final Surroundings around;
  private final Slot slot;
  private final Tenant tenant;
  private final Exit exit;

  Judgement(Active active, Surroundings around, Slot slot, Tenant tenant, Exit exit) {
    this.active = active;
    this.around = around;
    this.slot = slot;
    this.tenant = tenant;
    this.exit = exit;
  }

  Ruling rule() {
    RestartPolicy restart = spec().restart();
    if (!exit.isFailure() || slot.index() >= spec().slots()) {
      return new Ruling(new Verdict.Expected(), "");
    }
    if (mayStillRun()) {
      Duration wait = spec().exclusivity().lease().plus(FENCE_MARGIN);
      return new Ruling(
          new Verdict.Fence(around.now().plus(wait)),
          "exclusive: it may still run, so the next one waits until its lease has run out");
    }
    if (exit.isFinalFor(restart.type())) {
      return new Ruling(new Verdict.Final(), "restart.type: " + word(restart.type()));
    }
    if (exit.cause() == ExitCause.NODE_LOST || exit.cause() == ExitCause.LEASE) {
      return new Ruling(
          new Verdict.Relaunch(), "it is not its own fault, which counts against no budget");
    }
    if (!around.dependenciesMet()) {
      return new Ruling(
          new Verdict.Await(unmet()),
          "dependsOn: " + unmet() + " is not as far as it must be, so nothing is counted");
    }
    if (around.draining().contains(tenant.node()) && !elsewhere(tenant.node()).isEmpty()) {
      return new Ruling(
          new Verdict.Relaunch(),
          "node " + tenant.node() + " is being drained, so it starts on another one");
    }
    return onProbation() ? hold("it was held before and has not been well since") : climb(restart);
  }

  private ServiceSpec spec() {
    return active.spec();
  }

  /** Nobody saw it end, and nothing but its lease ends an exclusive one for certain. */
  private boolean mayStillRun() {
    return spec().exclusivity().required()
        && exit.status() instanceof ExitStatus.Unknown
        && exit.cause() != ExitCause.NODE_LOST;
  }

  private String unmet() {
    return around.unmet().stream()
        .map(ServiceName::value)
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private boolean onProbation() {
    Duration reset = spec().restart().backoff().reset();
    boolean well =
        tenant.progress() instanceof Tenant.Ready(_, Instant since)
            && !since.plus(reset).isAfter(around.now());
    return slot.probation() && !well;
  }

  private Ruling climb(RestartPolicy policy) {
    NodeId node = tenant.node();
    Ladder ladder = active.budgets().ladder(node);
    String period = " within " + InWords.of(policy.period()) + " on node " + node;
    return switch (ladder.next(policy, reserved(node), around.random(), around.now())) {
      case Ladder.Rung.AtOnce(int number) -> {
        String clause = "restart.intensity: " + number + " of " + policy.intensity() + period;
        yield around.restartWait().isZero()
            ? new Ruling(new Verdict.RestartAtOnce(), clause)
            : new Ruling(
                new Verdict.Paced(around.now().plus(around.restartWait())),
                clause + "; spread out, since many restarts go on at once");
      }
      case Ladder.Rung.AfterWait(Duration wait, int number) ->
          new Ruling(
              new Verdict.BackOff(around.now().plus(longer(wait, around.restartWait()))),
              "restart.backoff: wait %d of %d, %s, after %d restarts%s"
                      .formatted(
                          number,
                          Ladder.mostWaits(policy),
                          InWords.of(wait),
                          ladder.made(policy, around.now()),
                          period)
                  + byTheAgent(node));
      case Ladder.Rung.Spent() -> leavePlace(node);
    };
  }

  /**
   * What the agent was given it may use at any moment: it cannot be given out once more. That it
   * was told of a restart taken out of that is certain only once it has ended the instance for it.
   */
  private long reserved(NodeId node) {
    Delegation delegation = active.delegations().get(node);
    if (delegation == null || !delegation.isInForce(around.now())) {
      return 0;
    }
    return delegation.left()
        + (wasToldToEnd() ? 0 : Delegating.promised(active).getOrDefault(node, 0));
  }

  private boolean wasToldToEnd() {
    return exit.cause() == ExitCause.THRESHOLDS
        && tenant.regard() instanceof Regard.Condemned(_, boolean stopping, _)
        && stopping;
  }

  private String byTheAgent(NodeId node) {
    long reserved = reserved(node);
    return reserved == 0 ? "" : ", whose agent may make " + reserved + " more by itself";
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  private Ruling leavePlace(NodeId node) {
    ReplacePolicy replace = spec().replace();
    int moves = active.budgets().moves().count(replace.period(), around.now());
    String limit = " of " + replace.limit() + " within " + InWords.of(replace.period());
    if (moves >= replace.limit()) {
      return askGroup("replace.limit: " + moves + limit + " moves are made");
    }
    String seen = seenElsewhere(node);
    if (!seen.isEmpty()) {
      return askGroup(
          "replace: the same failure was seen on node " + seen + ", so moving is no help");
    }
    if (elsewhere(node).isEmpty()) {
      return askGroup("replace: no other node can take it");
    }
    return new Ruling(
        new Verdict.Move(), "replace.limit: move " + (moves + 1) + limit + ", away from " + node);
  }

  private String seenElsewhere(NodeId node) {
    return active.budgets().pairings().entrySet().stream()
        .filter(entry -> !entry.getKey().equals(node))
        .filter(entry -> entry.getValue().until().isAfter(around.now()))
        .filter(entry -> entry.getValue().failure().equals(exit.signature()))
        .map(entry -> entry.getKey().value())
        .findFirst()
        .orElse("");
  }

  private List<NodeId> elsewhere(NodeId node) {
    Set<NodeId> taken = active.tenants().map(Tenant::node).collect(Collectors.toSet());
    return around.nodes().stream()
        .filter(other -> other.refusal(spec().placement()).isEmpty())
        .map(Candidate::node)
        .filter(other -> !other.equals(node))
        .filter(other -> !active.budgets().avoided(around.now()).contains(other))
        .filter(other -> !spec().process().hasFixedPort() || !taken.contains(other))
        .toList();
  }

  private Ruling askGroup(String why) {
    return active
        .membership()
        .parent()
        .map(
            group ->
                new Ruling(
                    new Verdict.Escalate(around.now().plus(GROUP_ANSWERS_WITHIN)),
                    why + "; group " + group + " decides"))
        .orElseGet(() -> hold(why + "; it is in no group"));
  }

  private Ruling hold(String why) {
    Duration retry = spec().hold().retry();
    return new Ruling(
        new Verdict.Hold(around.now().plus(retry)),
        "hold.retry: " + why + "; tried again every " + InWords.of(retry));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
