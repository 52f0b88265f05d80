package io.holdfast.agent;

import io.holdfast.agent.host.AgentLoop;
import io.holdfast.core.Decision;
import io.holdfast.core.instance.BrakeEffect;
import io.holdfast.core.instance.BrakeEvent;
import io.holdfast.core.instance.LivenessBrake;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the instances that their liveness probes have condemned, as its rules allow. On the loop.
 */
final class Brake {

  private static final Logger LOG = LoggerFactory.getLogger(Brake.class);

  private final AgentLoop loop;
  private final Clock clock;
  private final Roster roster;
  private LivenessBrake state = LivenessBrake.RELEASED;
  private Optional<AgentLoop.Timer> timer = Optional.empty();

  Brake(AgentLoop loop, Clock clock, Roster roster) {
    this.loop = loop;
    this.clock = clock;
    this.roster = roster;
  }

  void on(BrakeEvent event) {
    Decision<LivenessBrake, BrakeEffect> decision =
        LivenessBrake.decide(state, event, clock.instant());
    // Before anything is carried out: whoever is ended tells the brake of it.
    state = decision.state();
    decision.effects().forEach(this::carryOut);
  }

  private void carryOut(BrakeEffect effect) {
    switch (effect) {
      case BrakeEffect.GrantKill(var instance, var why) ->
          roster.hosted(instance).ifPresent(hosted -> hosted.killGranted(why));
      case BrakeEffect.TellHeld(var instance, var why) ->
          LOG.warn("{} fails its liveness probe and is let live for now: {}", instance, why);
      case BrakeEffect.WakeAfter(var time) -> wakeAfter(time);
    }
  }

  private void wakeAfter(Duration time) {
    timer.ifPresent(AgentLoop.Timer::cancel);
    timer = Optional.of(loop.after(time, () -> on(new BrakeEvent.TimePassed())));
  }
}
