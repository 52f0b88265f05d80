package io.holdfast.agent;

import io.holdfast.agent.host.AgentLoop;
import io.holdfast.agent.host.Machine;
import io.holdfast.agent.link.LinkSide;
import io.holdfast.agent.link.SupervisorLink;
import io.holdfast.agent.log.LogOrder;
import io.holdfast.agent.log.LogStreams;
import io.holdfast.agent.process.Processes;
import io.holdfast.core.ServiceName;
import io.holdfast.protocol.agent.Check;
import io.holdfast.protocol.agent.Hello;
import io.holdfast.protocol.agent.LogRequest;
import io.holdfast.protocol.agent.Snapshot;
import io.holdfast.protocol.agent.SupervisorMessage;
import io.holdfast.protocol.agent.Usage;
import io.holdfast.protocol.reach.Knocking;
import io.holdfast.protocol.wire.AgentWire;
import io.holdfast.protocol.wire.BudgetWire;
import io.holdfast.protocol.wire.InstanceDigest;
import io.holdfast.protocol.wire.ReachWire;
import io.holdfast.protocol.wire.WireTime;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the agent says to the supervisor, and what it does when told. Lives on the loop. */
final class SupervisorSide implements LinkSide {

  private static final Logger LOG = LoggerFactory.getLogger(SupervisorSide.class);

  private final String agent = UUID.randomUUID().toString();
  private final AgentSettings settings;
  private final Map<String, String> attributes;
  private final Optional<String> identity;
  private final InstanceHost host;
  private final Roster roster;
  private final Lease lease;
  private final LogStreams logs;
  private final Pulse pulse;
  private final UsageWatch usage;
  private final CompletableFuture<Void> leased;
  private final SupervisorLink link;
  private final AgentLoop loop;

  SupervisorSide(
      AgentSettings settings,
      Map<String, String> attributes,
      Optional<String> identity,
      InstanceHost host,
      Roster roster,
      Lease lease,
      LogStreams logs,
      Pulse pulse,
      UsageWatch usage,
      AgentLoop loop,
      CompletableFuture<Void> leased) {
    this.settings = settings;
    this.attributes = Map.copyOf(attributes);
    this.identity = identity;
    this.host = host;
    this.roster = roster;
    this.lease = lease;
    this.logs = logs;
    this.pulse = pulse;
    this.usage = usage;
    this.leased = leased;
    this.loop = loop;
    this.link = new SupervisorLink(settings.channels(), settings.supervisors(), loop, this);
  }

  SupervisorLink link() {
    return link;
  }

  @Override
  public Hello hello() {
    Hello.Builder hello =
        Hello.newBuilder()
            .setNodeId(settings.node().value())
            .setBootId(Processes.bootId())
            .setZone(settings.zone())
            .putAllLabels(settings.labels())
            .putAllAttributes(attributes)
            .setCpus(Machine.cpus())
            .setMemoryBytes(Machine.memoryBytes())
            .setVersion(version())
            .setTakesBudgets(true)
            .setAgent(agent)
            .setSnapshot(snapshot());
    settings.address().ifPresent(hello::setAddress);
    identity.ifPresent(hello::setIdentity);
    return hello.build();
  }

  @Override
  public Snapshot snapshot() {
    Snapshot.Builder snapshot = Snapshot.newBuilder();
    roster.reports().forEach(report -> snapshot.addReports(AgentWire.toWire(report)));
    return snapshot.build();
  }

  @Override
  public long digest() {
    return InstanceDigest.of(roster.phases());
  }

  @Override
  public Duration tickLag() {
    return pulse.lag();
  }

  @Override
  public Optional<Usage> usage() {
    return usage.news();
  }

  @Override
  public void received(SupervisorMessage message) {
    try {
      obey(message);
    } catch (IllegalArgumentException e) {
      LOG.warn("A command that makes no sense was ignored: {}", e.getMessage());
    }
  }

  @Override
  public Duration sinceBoot() {
    return Machine.sinceBoot();
  }

  @Override
  public void leaseGranted(Duration sentAt) {
    lease.granted(sentAt, roster.hasExclusive());
    leased.complete(null);
  }

  @Override
  public void lost() {
    logs.cancelAll();
    usage.forgetTold();
  }

  private void obey(SupervisorMessage message) {
    switch (message.getMessageCase()) {
      case LAUNCH ->
          host.launch(
              AgentWire.id(message.getLaunch().getInstance()), message.getLaunch().getSpecJson());
      case STOP -> host.stop(AgentWire.id(message.getStop().getInstance()));
      case FORGET -> host.forget(AgentWire.id(message.getForget().getInstance()));
      case BUDGET -> host.delegate(BudgetWire.fromWire(message.getBudget()));
      case LOG_REQUEST -> openLog(message.getLogRequest());
      case LOG_CANCEL -> logs.cancel(message.getLogCancel().getRequest());
      case CHECK -> check(message.getCheck());
      // The link answers these itself.
      case WELCOME, REFUSED, ACK, SNAPSHOT_REQUEST, MESSAGE_NOT_SET -> {}
    }
  }

  private void check(Check check) {
    Knocking.at(ReachWire.targets(check), WireTime.duration(check.getTimeout()))
        .thenAcceptAsync(
            reaches -> link.checked(ReachWire.checked(check.getRequest(), reaches)), loop);
  }

  private void openLog(LogRequest request) {
    LogOrder order =
        new LogOrder(
            request.getRequest(),
            new ServiceName(request.getService()),
            request.getSlot(),
            request.getPrevious(),
            request.getTail(),
            request.getFollow());
    logs.open(order, new LogAnswers(request.getRequest(), link, loop));
  }

  private static String version() {
    String version = SupervisorSide.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
