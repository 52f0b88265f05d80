package io.holdfast.agent;

import io.holdfast.agent.probe.Notice;
import io.holdfast.agent.probe.Notices;
import io.holdfast.agent.process.NotifyEar;
import io.holdfast.agent.process.Processes;
import io.holdfast.agent.process.ServiceProcess;
import io.holdfast.core.InstanceId;
import io.holdfast.core.spec.ServiceSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one instance says of itself by sd_notify, if its specification asks for a watchdog.
 *
 * <p>A launch opens the ear on a thread of its own; all else happens on the loop.
 */
final class Notified {

  private static final Logger LOG = LoggerFactory.getLogger(Notified.class);
  private static final long NANOS_PER_MICRO = 1_000;

  private final InstanceId instance;
  private final ServiceSpec spec;
  private final Path record;
  private final Processes processes;
  private final Notices notices;
  private OptionalLong mainPid = OptionalLong.empty();
  private Optional<NotifyEar> ear = Optional.empty();

  Notified(InstanceId instance, ServiceSpec spec, Path record, Processes processes) {
    this.instance = instance;
    this.spec = spec;
    this.record = record;
    this.processes = processes;
    this.notices = Notices.none(spec.stop().grace());
  }

  Notices notices() {
    return notices;
  }

  /** Makes ready to listen; the variables that the service is to be launched with. */
  synchronized Map<String, String> open() throws IOException {
    if (!spec.health().hasWatchdog()) {
      return Map.of();
    }
    NotifyEar opened = processes.listen(record, spec.process().user());
    ear = Optional.of(opened);
    Map<String, String> variables = new TreeMap<>(Map.of("NOTIFY_SOCKET", opened.address()));
    spec.health()
        .longestSilence()
        .map(silence -> Long.toString(Math.max(1, silence.toNanos() / NANOS_PER_MICRO)))
        .ifPresent(micros -> variables.put("WATCHDOG_USEC", micros));
    return variables;
  }

  synchronized void listen(ServiceProcess process) {
    ear.ifPresent(open -> open.listen(process, this::heard));
  }

  /** Goes on for an earlier agent, of whose service it is known whether it has been ready. */
  synchronized void takeOver(ServiceProcess process, boolean wasReady) {
    notices.takeOver(wasReady);
    try {
      open();
      listen(process);
    } catch (IOException e) {
      LOG.warn("What {} says of itself cannot be heard: {}", instance, e.getMessage());
    }
  }

  /** False when nothing can be heard, which must not be taken for silence. */
  synchronized boolean isHeard() {
    return ear.isPresent();
  }

  synchronized void close() {
    ear.ifPresent(NotifyEar::close);
    ear = Optional.empty();
  }

  private void heard(String text, LongPredicate own) {
    Notice notice = Notice.parse(text);
    OptionalLong pid = notice.mainPid();
    if (pid.isPresent() && !pid.equals(mainPid)) {
      mainPid = pid;
      named(pid.getAsLong(), own.test(pid.getAsLong()));
    }
    notices.heard(notice);
  }

  /** It is noted; the process that was launched stays the one whose end is the instance's. */
  private void named(long pid, boolean own) {
    if (own) {
      LOG.info("{} says that process {} is its main one", instance, pid);
    } else {
      LOG.warn("{} calls process {} its main one, which is not its own", instance, pid);
    }
  }
}
