package io.holdfast.agent;

import io.holdfast.core.InstanceId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.instance.Phase;
import io.holdfast.core.instance.Report;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The instances of this host: those it has in hand, and ends of which only the report is left. */
final class Roster {

  private final NavigableMap<InstanceId, HostedInstance> hosted = new TreeMap<>();
  private final NavigableMap<InstanceId, Report.Dead> ended = new TreeMap<>();
  private final Set<HostedInstance> departing = new HashSet<>();

  void add(HostedInstance instance) {
    hosted.put(instance.id(), instance);
  }

  void add(Report.Dead end) {
    ended.put(end.instance(), end);
  }

  Optional<HostedInstance> hosted(InstanceId id) {
    return Optional.ofNullable(hosted.get(id));
  }

  /** A copy, as any of them may be followed by another while it is worked on. */
  List<HostedInstance> hosted() {
    return List.copyOf(hosted.values());
  }

  Optional<Report> report(InstanceId id) {
    return hosted(id).map(HostedInstance::report).or(() -> Optional.ofNullable(ended.get(id)));
  }

  /** Nothing is told of it any more; what is left of its session still counts. */
  void forget(InstanceId id) {
    Optional.ofNullable(hosted.remove(id)).ifPresent(departing::add);
    ended.remove(id);
  }

  /** Nothing is left of it. */
  void departed(HostedInstance forgotten) {
    departing.remove(forgotten);
  }

  boolean isKnown(InstanceId id) {
    return hosted.containsKey(id) || ended.containsKey(id);
  }

  /** True when the slot has been launched again since. */
  boolean isFollowed(InstanceId id) {
    return isLater(Optional.ofNullable(hosted.higherKey(id)), id)
        || isLater(Optional.ofNullable(ended.higherKey(id)), id);
  }

  boolean knows(ServiceName service) {
    InstanceId first = new InstanceId(service, 0, 1);
    return isOf(Optional.ofNullable(hosted.ceilingKey(first)), service)
        || isOf(Optional.ofNullable(ended.ceilingKey(first)), service);
  }

  /** True when something here must not outlive the lease. */
  boolean hasExclusive() {
    return hosted.values().stream()
        .filter(instance -> instance.spec().exclusivity().required())
        .anyMatch(instance -> instance.phase() != Phase.EXITED);
  }

  int size() {
    return hosted.size() + ended.size();
  }

  /** The end of one before what has taken its place, else nobody would know that one. */
  List<Report> reports() {
    NavigableMap<InstanceId, Report> reports = new TreeMap<>(ended);
    hosted.forEach((id, instance) -> reports.put(id, instance.report()));
    return List.copyOf(reports.values());
  }

  Map<InstanceId, Phase> phases() {
    Map<InstanceId, Phase> phases = new HashMap<>();
    hosted.forEach((id, instance) -> phases.put(id, instance.phase()));
    ended.keySet().forEach(id -> phases.put(id, Phase.EXITED));
    return phases;
  }

  /** The names of the records of those that have not ended, as far as is known. */
  Set<String> unfinished() {
    return hosted.values().stream()
        .filter(instance -> instance.phase() != Phase.EXITED)
        .map(instance -> String.valueOf(instance.directory().path().getFileName()))
        .collect(Collectors.toSet());
  }

  Map<InstanceId, Long> sessions() {
    Map<InstanceId, Long> sessions = new HashMap<>();
    hosted.forEach(
        (id, instance) -> instance.session().ifPresent(session -> sessions.put(id, session)));
    return sessions;
  }

  /** The logs that somebody may still write to. */
  List<Path> logs() {
    return Stream.concat(hosted.values().stream(), departing.stream())
        .map(instance -> instance.directory().output())
        .toList();
  }

  /** Those of a service that have ended and of whose session something may be left. */
  List<HostedInstance> exited(ServiceName service) {
    return Stream.concat(hosted.values().stream(), departing.stream())
        .filter(instance -> instance.id().service().equals(service))
        .filter(instance -> instance.phase() == Phase.EXITED)
        .toList();
  }

  /** Completes when nothing is left of any of these. */
  static CompletableFuture<Void> gone(Collection<HostedInstance> instances) {
    return CompletableFuture.allOf(
        instances.stream()
            .map(instance -> instance.gone().toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new));
  }

  private static boolean isLater(Optional<InstanceId> next, InstanceId id) {
    return isOf(next, id.service()) && next.filter(later -> later.slot() == id.slot()).isPresent();
  }

  private static boolean isOf(Optional<InstanceId> id, ServiceName service) {
    return id.filter(known -> known.service().equals(service)).isPresent();
  }
}
