package io.holdfast.supervisor.node;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.Signal;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import io.grpc.stub.StreamObserver;
import io.holdfast.core.HostUsage;
import io.holdfast.core.InstanceId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.detection.HeartbeatDetector;
import io.holdfast.core.instance.Phase;
import io.holdfast.core.instance.Usage;
import io.holdfast.protocol.agent.AgentMessage;
import io.holdfast.protocol.agent.Heartbeat;
import io.holdfast.protocol.agent.Hello;
import io.holdfast.protocol.agent.SupervisorMessage;
import io.holdfast.protocol.reach.Target;
import io.holdfast.supervisor.errand.Errands;
import io.holdfast.supervisor.node.NodeActor.ConnectAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One connected agent, on the supervisor node where its stream landed. Heartbeats end here; only
 * what changes travels on.
 *
 * <p>News of a death goes to the routing hub before anything else is done with it.
 */
public final class AgentSession extends AbstractOnMessageBehavior<AgentSession.Command> {

  static final Duration HELLO_DEADLINE = Duration.ofSeconds(5);

  /** For each heartbeat that is due. */
  private static final int CHECKS = 2;

  /** Of life, to the node's actor, which may move to another supervisor node. */
  private static final Duration SIGN = Duration.ofSeconds(2);

  private static final Duration ANSWER_DEADLINE = Duration.ofSeconds(5);

  public sealed interface Command {}

  record Received(AgentMessage message) implements Command {}

  record Closed(String why) implements Command {}

  public record Deliver(SupervisorMessage message) implements Command {}

  /**
   * Tell the service of those instances of which the agent has said something else.
   *
   * @param budget for the agent, should it not have heard of it
   */
  record Confirm(
      ServiceName service, Map<InstanceId, Phase> instances, Optional<SupervisorMessage> budget)
      implements Command {
    Confirm {
      instances = Map.copyOf(instances);
    }
  }

  record ReadLogs(LogWanted wanted) implements Command {}

  record ReaderLeft(long request) implements Command {}

  /** Let the agent connect to these endpoints of another host. */
  record Check(List<Target> targets, ActorRef<Inquiry.Found> replyTo) implements Command {
    Check {
      targets = List.copyOf(targets);
    }
  }

  /** The node's actor does not know of this session: it has come up elsewhere since. */
  record Introduce() implements Command {}

  /** The agent has another session now. */
  record Superseded() implements Command {}

  public record ReadPulse(ActorRef<Pulse> replyTo) implements Command {}

  /**
   * How an agent is right now.
   *
   * @param silence since its last heartbeat; empty before the first
   * @param alive the instances it says it runs
   * @param probes what keeps those from being ready that are not
   * @param host what it has measured last
   * @param instances what they use, as far as it has been measured
   */
  public record Pulse(
      Optional<Duration> silence,
      List<InstanceId> alive,
      Map<InstanceId, String> probes,
      Optional<HostUsage> host,
      Map<InstanceId, Usage> instances) {
    public Pulse {
      alive = List.copyOf(alive);
      probes = Map.copyOf(probes);
      instances = Map.copyOf(instances);
    }
  }

  private record Answered(ConnectAnswer answer) implements Command {}

  private record Tick() implements Command {}

  private record HelloMissing() implements Command {}

  /** A part of an instance's output that somebody wants. */
  public record LogWanted(
      ServiceName service,
      int slot,
      boolean previous,
      int tail,
      boolean follow,
      ActorRef<LogPart> reader) {}

  private final SessionPorts ports;
  private final TimerScheduler<Command> timers;
  private final StreamObserver<SupervisorMessage> out;
  private final String peer;
  private final HeartbeatDetector detector;
  private final LogReaders logs;
  private final Statements statements;
  private final Usages usages;
  private final Errands errands = new Errands();
  private final Grants grants = new Grants();
  private Optional<Guest> guest = Optional.empty();

  private boolean welcomed;
  private Duration interval;
  private Duration sinceSign = Duration.ZERO;
  private String farewell = "its session failed";

  private AgentSession(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      SessionPorts ports,
      StreamObserver<SupervisorMessage> out,
      String peer) {
    super(context);
    this.ports = ports;
    this.timers = timers;
    this.interval = ports.pace().interval();
    this.out = out;
    this.peer = peer;
    this.detector = new HeartbeatDetector(interval, now());
    this.logs = new LogReaders(context, out);
    this.statements = new Statements(ports, context.getLog());
    this.usages = new Usages(ports.metrics());
    timers.startSingleTimer(new HelloMissing(), HELLO_DEADLINE);
    timers.startTimerWithFixedDelay(new Tick(), interval.dividedBy(CHECKS));
  }

  /**
   * A session for a stream that was just opened.
   *
   * @param peer the address it comes from
   */
  static Behavior<Command> create(
      SessionPorts ports, StreamObserver<SupervisorMessage> out, String peer) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(timers -> new AgentSession(context, timers, ports, out, peer)));
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    return switch (command) {
      case Received(var message) -> received(message);
      case Answered(var answer) -> answered(answer);
      case Deliver(var message) -> deliver(message);
      case Confirm confirm -> {
        confirm.budget().ifPresent(this::deliver);
        statements.confirm(confirm);
        yield this;
      }
      case ReadLogs(var wanted) -> {
        logs.begin(wanted);
        yield this;
      }
      case ReaderLeft(var request) -> {
        logs.left(request);
        yield this;
      }
      case Introduce() -> {
        // One that is silent is no news of its agent; the node's actor asks again.
        guest.filter(_ -> welcomed && !detector.isSilent()).ifPresent(this::introduce);
        yield this;
      }
      case Check(var targets, var replyTo) ->
          send(
              Words.check(
                  errands.begin(
                      targets,
                      Inquiry.TIMEOUT,
                      reaches -> replyTo.tell(new Inquiry.Found(reaches)))));
      case Superseded() -> end("its agent has connected anew");
      case ReadPulse(var replyTo) -> {
        replyTo.tell(
            new Pulse(
                detector.silence(now()),
                statements.known().alive(),
                statements.known().probes(),
                usages.host(),
                usages.instances()));
        yield this;
      }
      case Tick() -> tick();
      case HelloMissing() -> guest.isPresent() ? this : end("no hello within the deadline");
      case Closed(var why) -> end(why);
    };
  }

  private Behavior<Command> received(AgentMessage message) {
    if (guest.isEmpty()) {
      return message.hasHello() ? hello(message.getHello()) : end("the first message is no hello");
    }
    switch (message.getMessageCase()) {
      case HEARTBEAT -> beat(guest.get(), message.getHeartbeat());
      case REPORT, SNAPSHOT -> {
        return statements.hear(message) ? this : end("it says too much before it is welcome");
      }
      case LOG -> logs.chunk(message.getLog());
      case CHECKED -> errands.answered(message.getChecked());
      case LEAVING -> tellNode(new NodeActor.Leaving(getContext().getSelf()));
      case HELLO, MESSAGE_NOT_SET -> getContext().getLog().debug("an agent sent nothing new");
    }
    return this;
  }

  private Behavior<Command> hello(Hello hello) {
    Optional<Guest> read = Guest.read(hello, peer);
    if (read.isEmpty()) {
      return refuse("the hello does not name a valid node id");
    }
    guest = read;
    introduce(read.get());
    return this;
  }

  private void introduce(Guest present) {
    getContext()
        .ask(
            ConnectAnswer.class,
            ports.node(present.id()),
            ANSWER_DEADLINE,
            replyTo ->
                new NodeActor.Connect(
                    present.profile(), present.agent(), getContext().getSelf(), replyTo),
            (answer, failure) ->
                new Answered(
                    failure == null
                        ? answer
                        : new ConnectAnswer.Refused("the supervisor cannot record nodes now")));
  }

  private Behavior<Command> answered(ConnectAnswer answer) {
    return switch (answer) {
      // Asked again at the next wake-up; the agent is as well off as before.
      case ConnectAnswer.Refused _ when welcomed -> this;
      case ConnectAnswer.Refused(var why) -> refuse(why);
      // Again: the node's actor has come up elsewhere, and for the agent nothing has changed.
      case ConnectAnswer.Welcome() when welcomed -> this;
      case ConnectAnswer.Welcome() -> {
        Guest present = guest.orElseThrow();
        ports.registered(present.id());
        detector.began(now());
        ports.pace().begins();
        pace();
        send(Words.welcome(interval));
        statements.begin(present);
        welcomed = true;
        yield this;
      }
    };
  }

  private void beat(Guest present, Heartbeat heartbeat) {
    ports.metrics().heartbeat();
    if (detector.beat(now())) {
      tellNode(
          new NodeActor.Changed(
              getContext().getSelf(), NodeCondition.READY, "its heartbeats are back"));
    }
    pace();
    send(Words.ack(heartbeat.getSequence(), interval));
    if (heartbeat.hasUsage()) {
      usages.note(heartbeat.getUsage(), statements.known().alive());
    }
    if (heartbeat.getDigest() != statements.known().digest()) {
      getContext().getLog().debug("node {} holds other instances than known", present.id());
      send(Words.snapshotRequest());
    }
  }

  /** As it is now, which the agent is told next. */
  private void pace() {
    Duration now = ports.pace().interval();
    if (!now.equals(interval)) {
      interval = now;
      timers.startTimerWithFixedDelay(new Tick(), interval.dividedBy(CHECKS));
    }
    detector.paced(interval);
  }

  private Behavior<Command> deliver(SupervisorMessage message) {
    return grants.isNews(message, now()) ? send(message) : this;
  }

  private Behavior<Command> send(SupervisorMessage message) {
    statements.known().forget(message);
    out.onNext(message);
    return this;
  }

  private Behavior<Command> tick() {
    sinceSign = sinceSign.plusNanos(interval.toNanos() / CHECKS);
    if (welcomed && sinceSign.compareTo(SIGN) >= 0) {
      sinceSign = Duration.ZERO;
      tellNode(new NodeActor.Present(getContext().getSelf()));
    }
    return switch (detector.check(now())) {
      case FINE -> this;
      case SILENT -> {
        tellNode(
            new NodeActor.Changed(
                getContext().getSelf(), NodeCondition.SUSPECT, "its heartbeats stopped"));
        yield this;
      }
      case GONE -> end("no heartbeat for " + HeartbeatDetector.GONE_AFTER.toSeconds() + " s");
    };
  }

  private long now() {
    return ports.ticker().getAsLong();
  }

  private void tellNode(NodeActor.Command command) {
    guest.ifPresent(present -> ports.node(present.id()).tell(command));
  }

  private Behavior<Command> refuse(String why) {
    out.onNext(Words.refused(why));
    return end(why);
  }

  private Behavior<Command> end(String why) {
    farewell = why;
    return Behaviors.stopped();
  }

  /** However the session ends, by a failure too, its agent must learn it and may connect again. */
  @Override
  public Behavior<Command> onSignal(Signal signal) {
    if (signal instanceof PostStop) {
      tellNode(new NodeActor.SessionEnded(getContext().getSelf(), farewell));
      if (welcomed) {
        ports.pace().ends();
      }
      logs.endAll();
      usages.close();
      out.onCompleted();
    }
    return this;
  }
}
