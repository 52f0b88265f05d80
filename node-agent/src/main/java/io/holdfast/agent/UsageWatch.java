package io.holdfast.agent;

import io.holdfast.agent.host.AgentLoop;
import io.holdfast.agent.host.Machine;
import io.holdfast.agent.process.SessionUsage;
import io.holdfast.core.HostUsage;
import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.Usage;
import io.holdfast.protocol.wire.UsageWire;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures every few seconds what the instances use, on a thread of its own, and keeps what the
 * supervisor has not been told of. Lives on the loop but for the measuring.
 */
final class UsageWatch {

  private static final Logger LOG = LoggerFactory.getLogger(UsageWatch.class);
  private static final Duration EVERY = Duration.ofSeconds(5);

  /** In one heartbeat; the others go with the next ones. */
  static final int MOST_AT_ONCE = 1_000;

  private final AgentLoop loop;
  private final Roster roster;
  private final Path data;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("holdfast-usage").factory());
  private final Map<InstanceId, Usage> told = new HashMap<>();
  private final Map<InstanceId, Usage> untold = new HashMap<>();
  private Optional<HostUsage> host = Optional.empty();

  private record Measured(HostUsage host, Map<Long, Usage> sessions) {}

  UsageWatch(AgentLoop loop, Roster roster, Path data) {
    this.loop = loop;
    this.roster = roster;
    this.data = data;
  }

  /** Measures now, and again each few seconds after it is done. */
  void start() {
    Map<InstanceId, Long> sessions = roster.sessions();
    try {
      thread.execute(() -> measure(sessions));
    } catch (RejectedExecutionException e) {
      LOG.debug("Dropped after the agent's end");
    }
  }

  /** What is new since the last call; absent when nothing is. */
  Optional<io.holdfast.protocol.agent.Usage> news() {
    if (host.isEmpty()) {
      return Optional.empty();
    }
    Map<InstanceId, Usage> some = new HashMap<>();
    untold.entrySet().stream()
        .limit(MOST_AT_ONCE)
        .forEach(entry -> some.put(entry.getKey(), entry.getValue()));
    untold.keySet().removeAll(some.keySet());
    told.putAll(some);
    var news = UsageWire.toWire(host.get(), some);
    host = untold.isEmpty() ? Optional.empty() : host;
    return Optional.of(news);
  }

  /** Whoever is told next knows nothing. */
  void forgetTold() {
    told.forEach(untold::putIfAbsent);
    told.clear();
  }

  void close() {
    thread.shutdown();
  }

  private void measure(Map<InstanceId, Long> sessions) {
    try {
      Measured measured = new Measured(Machine.usage(data), used(sessions));
      loop.execute(() -> measured(sessions, measured));
    } catch (RuntimeException e) {
      LOG.warn("What the instances use could not be measured: {}", e.toString());
    }
    loop.after(EVERY, this::start);
  }

  /** Where nothing has a session of its own, what it takes to measure them may be missing too. */
  private static Map<Long, Usage> used(Map<InstanceId, Long> sessions) {
    return sessions.isEmpty() ? Map.of() : SessionUsage.of(new HashSet<>(sessions.values()));
  }

  private void measured(Map<InstanceId, Long> sessions, Measured measured) {
    host = Optional.of(measured.host());
    told.keySet().retainAll(sessions.keySet());
    untold.keySet().retainAll(sessions.keySet());
    sessions.forEach(
        (instance, session) ->
            Optional.ofNullable(measured.sessions().get(session))
                .filter(usage -> !usage.equals(told.get(instance)))
                .ifPresent(usage -> untold.put(instance, usage)));
  }
}
