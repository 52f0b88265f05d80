package io.holdfast.protocol.spec;

import io.holdfast.core.spec.Probe;
import io.holdfast.core.spec.ProbeCheck;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads one probe. */
final class ProbeReader {

  private static final List<String> KINDS = List.of("http", "tcp", "exec", "grpc", "watchdog");
  private static final List<String> WITH_PORT = List.of("http", "grpc");
  private static final String PORT = "port";
  private static final String WATCHDOG = "watchdog";

  /** Keeps the place of a check that could not be read while the probe's values are looked at. */
  private static final ProbeCheck NO_CHECK = new ProbeCheck.Tcp("none");

  private final Section section;
  private final ProbeDefaults usual;
  private final PortNames ports;

  ProbeReader(Section section, ProbeDefaults usual, PortNames ports) {
    this.section = section;
    this.usual = usual;
    this.ports = ports;
  }

  /** Empty when something is wrong, and for a startup section that only sets the deadline. */
  Optional<Probe> read() {
    return section.build(Optional.empty(), this::probe);
  }

  private Optional<Probe> probe() {
    Optional<ProbeCheck> check = check();
    Duration interval = section.duration("interval", usual.interval());
    Duration timeout = section.duration("timeout", usual.timeout());
    ProbeDefaults counts = section.has(WATCHDOG) ? usual.ofWatchdog() : usual;
    int failures = section.whole("failures", counts.failures());
    int successes = section.whole("successes", counts.successes());
    if (usual.hasDeadline()) {
      section.duration(ProbeDefaults.DEADLINE, usual.interval());
    }
    Probe probe = new Probe(check.orElse(NO_CHECK), interval, timeout, failures, successes);
    return check.map(_ -> probe);
  }

  private Optional<ProbeCheck> check() {
    Optional<ProbeCheck> http = section.text("http").flatMap(this::http);
    Optional<ProbeCheck> tcp = section.text("tcp").flatMap(this::tcp);
    Optional<ProbeCheck> exec = section.texts("exec").map(ProbeCheck.Exec::new);
    Optional<ProbeCheck> grpc = section.text("grpc").flatMap(this::grpc);
    Optional<ProbeCheck> watchdog = watchdog();
    Optional<String> port = section.text(PORT);
    List<String> given = KINDS.stream().filter(section::has).toList();
    if (given.size() > 1) {
      section.refuse("", "expected only one of " + String.join(", ", given));
    } else if (given.isEmpty() && !onlySetsDeadline()) {
      section.refuse("", "expected one of " + String.join(", ", KINDS));
    }
    if (port.isPresent() && WITH_PORT.stream().noneMatch(section::has)) {
      section.refuse(PORT, "expected only together with " + String.join(" or ", WITH_PORT));
    }
    return http.or(() -> tcp).or(() -> exec).or(() -> grpc).or(() -> watchdog);
  }

  private Optional<ProbeCheck> watchdog() {
    Optional<Duration> silence =
        section.value(
            WATCHDOG,
            DurationText.EXPECTED,
            node -> Scalars.text(node).flatMap(DurationText::parse));
    for (String key : List.of("interval", "timeout")) {
      if (section.has(WATCHDOG) && section.has(key)) {
        section.refuse(key, "expected none with watchdog, where the service sets the rhythm");
      }
    }
    return silence.map(ProbeCheck.Watchdog::new);
  }

  private boolean onlySetsDeadline() {
    return usual.hasDeadline() && section.keys().equals(List.of(ProbeDefaults.DEADLINE));
  }

  private Optional<ProbeCheck> http(String path) {
    Optional<String> port = port("http");
    // Built in any case, so that what is wrong with the path is found beside a wrong port.
    ProbeCheck check = new ProbeCheck.Http(path, port.orElse("none"));
    return port.map(_ -> check);
  }

  private Optional<ProbeCheck> grpc(String service) {
    Optional<String> port = port("grpc");
    ProbeCheck check = new ProbeCheck.Grpc(service, port.orElse("none"));
    return port.map(_ -> check);
  }

  /** The port that is written, or else the first; empty when there is no such port. */
  private Optional<String> port(String key) {
    Optional<String> port = section.text(PORT).or(ports::first);
    if (port.isEmpty()) {
      section.refuse(key, "expected a port in the service's ports, which are missing");
    }
    return port.filter(name -> isUsable(section.has(PORT) ? PORT : key, name));
  }

  private Optional<ProbeCheck> tcp(String port) {
    return isUsable("tcp", port) ? Optional.of(new ProbeCheck.Tcp(port)) : Optional.empty();
  }

  private boolean isUsable(String key, String port) {
    if (!ports.isWritten(port)) {
      section.refuse(
          key, "expected the name of one of the service's ports, got '" + port + "'" + known());
    }
    return ports.isUsable(port);
  }

  private String known() {
    return ports.written().isEmpty() ? "" : "; there are " + String.join(", ", ports.written());
  }
}
