package io.holdfast.supervisor.node;

import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.Phase;
import io.holdfast.core.instance.Report;
import io.holdfast.protocol.agent.AgentMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;

/**
 * What an agent says of its instances, and what services want to know of them. What either says
 * before the agent is welcome waits until the list in its hello has been read, which is older.
 */
final class Statements {

  /** Of an agent with thousands of instances that all end within the second. */
  private static final int MOST_WAITING = 20_000;

  private final SessionPorts ports;
  private final Logger log;
  private final Known known = new Known();
  private final List<AgentSession.Confirm> questions = new ArrayList<>();
  private final List<AgentMessage> news = new ArrayList<>();
  private Optional<Guest> guest = Optional.empty();

  Statements(SessionPorts ports, Logger log) {
    this.ports = ports;
    this.log = log;
  }

  Known known() {
    return known;
  }

  /** The agent is welcome. */
  void begin(Guest welcome) {
    guest = Optional.of(welcome);
    list(welcome, welcome.snapshot());
    news.forEach(message -> read(welcome, message));
    news.clear();
    questions.forEach(this::confirm);
    questions.clear();
  }

  /** A report or a list; false when the agent says too much before it is welcome. */
  boolean hear(AgentMessage message) {
    if (guest.isPresent()) {
      read(guest.get(), message);
      return true;
    }
    return news.size() < MOST_WAITING && news.add(message);
  }

  /** Tells the service where the agent has said something else, also of what it does not list. */
  void confirm(AgentSession.Confirm asked) {
    guest.ifPresentOrElse(present -> confirm(present, asked), () -> questions.add(asked));
  }

  private void confirm(Guest present, AgentSession.Confirm asked) {
    known
        .others(asked.service(), asked.instances().keySet())
        .forEach(report -> ports.callers().reported(present.id(), present.profile(), report));
    asked.instances().forEach((instance, phase) -> confirm(present, instance, phase));
  }

  private void confirm(Guest present, InstanceId instance, Phase phase) {
    Optional<Report> said = known.find(instance);
    if (said.isEmpty()) {
      ports.callers().missed(present.id(), instance);
    } else if (Known.phase(said.get()) != phase) {
      // Lost on the way: a service that was restarting did not hear it.
      ports.callers().reported(present.id(), present.profile(), said.get());
    }
  }

  private void read(Guest present, AgentMessage message) {
    if (message.hasReport()) {
      report(present, message.getReport());
    } else {
      list(present, message.getSnapshot().getReportsList());
    }
  }

  private void list(Guest present, List<io.holdfast.protocol.agent.Report> reports) {
    known.clear();
    reports.forEach(report -> report(present, report));
  }

  private void report(Guest present, io.holdfast.protocol.agent.Report wire) {
    Guest.read(wire)
        .ifPresentOrElse(
            report -> note(present, report),
            () -> log.warn("node {} sent a report of nothing", present.id()));
  }

  private void note(Guest present, Report report) {
    if (report instanceof Report.Dead dead) {
      ports.died(dead.instance(), dead.exit().at());
    }
    known.note(report);
    ports.callers().reported(present.id(), present.profile(), report);
  }
}
