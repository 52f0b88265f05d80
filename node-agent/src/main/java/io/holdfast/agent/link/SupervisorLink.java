package io.holdfast.agent.link;

import io.holdfast.agent.host.AgentLoop;
import io.holdfast.core.spec.BackoffPolicy;
import io.holdfast.protocol.agent.AgentMessage;
import io.holdfast.protocol.agent.Checked;
import io.holdfast.protocol.agent.Heartbeat;
import io.holdfast.protocol.agent.HeartbeatAck;
import io.holdfast.protocol.agent.Leaving;
import io.holdfast.protocol.agent.LogChunk;
import io.holdfast.protocol.agent.Report;
import io.holdfast.protocol.agent.SupervisorMessage;
import io.holdfast.protocol.agent.Welcome;
import io.holdfast.protocol.security.SupervisorChannels;
import io.holdfast.protocol.wire.WireTime;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent's link to one of the supervisors, at any time. Lives on the agent's loop.
 *
 * <p>Nothing is queued here: while the stream is not there the next greeting tells all, and while
 * it is not taking more a snapshot follows as soon as it does.
 */
public final class SupervisorLink {

  private static final Logger LOG = LoggerFactory.getLogger(SupervisorLink.class);
  private static final BackoffPolicy BACKOFF =
      new BackoffPolicy(
          Duration.ofMillis(100), 2.0, Duration.ofSeconds(5), 0.2, Duration.ofSeconds(60));
  private static final Duration WELCOME_WITHIN = Duration.ofSeconds(5);

  /**
   * A supervisor that stands still keeps its connections. Well below any sensible lease of an
   * exclusive service, so that another supervisor is found before that has run out.
   */
  private static final Duration ACKNOWLEDGED_WITHIN = Duration.ofSeconds(6);

  private final SupervisorChannels channels;
  private final List<InetSocketAddress> supervisors;
  private final AgentLoop loop;
  private final LinkSide side;
  private final Listener listener = new Listener();
  private volatile Optional<Current> current = Optional.empty();
  private int next;
  private int attempts;
  private final Map<InetSocketAddress, String> troubles = new HashMap<>();
  private boolean closed;

  public SupervisorLink(
      SupervisorChannels channels,
      List<InetSocketAddress> supervisors,
      AgentLoop loop,
      LinkSide side) {
    this.channels = channels;
    this.supervisors = List.copyOf(supervisors);
    this.loop = loop;
    this.side = side;
  }

  /** The stream of the moment, and what has been said on it. */
  private static final class Current {
    private final LinkSession session;
    private final InetSocketAddress supervisor;
    private boolean welcomed;
    private boolean snapshotDue;
    private final Beats beats = new Beats();
    private final Silence silence = new Silence(System.nanoTime());
    private Duration interval = Duration.ofMillis(500);

    Current(LinkSession session, InetSocketAddress supervisor) {
      this.session = session;
      this.supervisor = supervisor;
    }
  }

  /** Connects to the next supervisor, and again whenever the stream is lost. */
  public void connect() {
    if (closed || current.isPresent()) {
      return;
    }
    InetSocketAddress supervisor = supervisors.get(next);
    next = (next + 1) % supervisors.size();
    Current opened =
        new Current(LinkSession.open(channels, supervisor, loop, listener), supervisor);
    current = Optional.of(opened);
    opened.session.send(AgentMessage.newBuilder().setHello(side.hello()).build());
    after(Silence.LOOKS, opened, this::listen);
  }

  /** True when a message sent now would not have to wait. Callable from any thread. */
  public boolean isReady() {
    return current.filter(stream -> stream.session.isReady()).isPresent();
  }

  public void report(Report report) {
    AgentMessage message = AgentMessage.newBuilder().setReport(report).build();
    current.ifPresent(stream -> sendOrCatchUp(stream, message));
  }

  public void snapshot() {
    current.ifPresent(this::sendSnapshot);
  }

  /** To be sent only while {@link #isReady}: whoever reads a log can wait. */
  public void log(LogChunk chunk) {
    AgentMessage message = AgentMessage.newBuilder().setLog(chunk).build();
    current.ifPresent(stream -> stream.session.send(message));
  }

  /** Of no use to anybody when it would have to wait. */
  public void checked(Checked checked) {
    AgentMessage message = AgentMessage.newBuilder().setChecked(checked).build();
    current
        .filter(stream -> stream.session.isReady())
        .ifPresent(stream -> stream.session.send(message));
  }

  public void leaving() {
    AgentMessage message =
        AgentMessage.newBuilder().setLeaving(Leaving.getDefaultInstance()).build();
    current.ifPresent(stream -> stream.session.send(message));
  }

  /** Ends the link for good, after what has been sent. */
  public void close() {
    closed = true;
    current.ifPresent(stream -> stream.session.complete());
    current = Optional.empty();
  }

  private void sendOrCatchUp(Current stream, AgentMessage message) {
    if (stream.session.isReady()) {
      stream.session.send(message);
    } else {
      stream.snapshotDue = true;
    }
  }

  private void sendSnapshot(Current stream) {
    stream.snapshotDue = !stream.session.isReady();
    if (!stream.snapshotDue) {
      stream.session.send(AgentMessage.newBuilder().setSnapshot(side.snapshot()).build());
    }
  }

  private void welcomed(Current stream, Welcome welcome) {
    stream.welcomed = true;
    stream.silence.heard();
    stream.interval = WireTime.duration(welcome.getInterval());
    attempts = 0;
    noteLinked(stream.supervisor);
    beat(stream);
  }

  private void beat(Current stream) {
    if (stream.session.isReady()) {
      Heartbeat.Builder beat =
          Heartbeat.newBuilder()
              .setSequence(stream.beats.next(side.sinceBoot()))
              .setTickLag(WireTime.duration(side.tickLag()))
              .setDigest(side.digest());
      side.usage().ifPresent(beat::setUsage);
      stream.session.send(AgentMessage.newBuilder().setHeartbeat(beat).build());
    }
    after(stream.interval, stream, this::beat);
  }

  private void acknowledged(Current stream, HeartbeatAck ack) {
    stream.silence.heard();
    stream.interval = WireTime.duration(ack.getInterval());
    stream.beats.answered(ack.getSequence()).ifPresent(side::leaseGranted);
  }

  /** Leaves a supervisor that says nothing, even if its connection is as it should be. */
  private void listen(Current stream) {
    Duration limit = stream.welcomed ? ACKNOWLEDGED_WITHIN : WELCOME_WITHIN;
    if (stream.silence.isLongerThan(limit, System.nanoTime())) {
      lose(stream, "it has not answered for " + limit.toMillis() + "ms");
    } else {
      after(Silence.LOOKS, stream, this::listen);
    }
  }

  private void lose(Current stream, String why) {
    current = Optional.empty();
    stream.session.abort();
    side.lost();
    note(stream.supervisor, why);
    attempts++;
    Duration wait = BACKOFF.delay(attempts, ThreadLocalRandom.current().nextDouble());
    if (!closed) {
      loop.after(wait, this::connect);
    }
  }

  /** Says what is wrong with each once, not at every try. */
  private void note(InetSocketAddress supervisor, String why) {
    if (!why.equals(troubles.put(supervisor, why))) {
      LOG.warn(
          "No link to the supervisor at {}: {}; trying again, services go on",
          text(supervisor),
          why);
    }
  }

  /** As loud as what it takes back. */
  private void noteLinked(InetSocketAddress supervisor) {
    if (troubles.isEmpty()) {
      LOG.info("Connected to the supervisor at {}", text(supervisor));
    } else {
      LOG.warn("The link is there again, to the supervisor at {}", text(supervisor));
    }
    troubles.clear();
  }

  /** Runs {@code step} later, unless the stream is another one by then. */
  private void after(Duration wait, Current stream, Consumer<Current> step) {
    loop.after(wait, () -> current.filter(now -> now == stream).ifPresent(step));
  }

  private static String text(InetSocketAddress address) {
    return address.getHostString() + ":" + address.getPort();
  }

  private final class Listener implements LinkSession.Events {

    @Override
    public void writable(LinkSession session) {
      of(session).filter(stream -> stream.snapshotDue).ifPresent(SupervisorLink.this::sendSnapshot);
    }

    @Override
    public void received(LinkSession session, SupervisorMessage message) {
      of(session).ifPresent(stream -> received(stream, message));
    }

    @Override
    public void ended(LinkSession session, String why) {
      of(session).ifPresent(stream -> lose(stream, why));
    }

    private void received(Current stream, SupervisorMessage message) {
      switch (message.getMessageCase()) {
        case WELCOME -> welcomed(stream, message.getWelcome());
        case REFUSED -> lose(stream, message.getRefused().getReason());
        case ACK -> acknowledged(stream, message.getAck());
        case SNAPSHOT_REQUEST -> sendSnapshot(stream);
        case LAUNCH, STOP, FORGET, BUDGET, LOG_REQUEST, LOG_CANCEL, CHECK -> side.received(message);
        // A newer supervisor says something that this agent does not know.
        case MESSAGE_NOT_SET -> LOG.debug("A message of an unknown kind was ignored");
      }
    }

    private Optional<Current> of(LinkSession session) {
      return current.filter(stream -> stream.session == session);
    }
  }
}
