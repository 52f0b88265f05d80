package io.holdfast.agent.host;

import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.spec.PortSpec;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * Gives out the ports that a specification leaves to the agent.
 *
 * <p>One that has been given back goes to no other service for {@link #QUARANTINE}, so that clients
 * with an old view meet nobody at all rather than somebody else. Not for use by several threads.
 */
public final class PortAllocator {

  static final Duration QUARANTINE = Duration.ofMinutes(10);

  private record Former(ServiceName service, long releasedAt) {}

  private final List<Integer> candidates;
  private final IntPredicate free;
  private final LongSupplier nanoTime;
  private final Set<Integer> used = new HashSet<>();
  private final Map<Integer, Former> former = new HashMap<>();
  private int next;

  private PortAllocator(
      List<Integer> candidates, int begin, IntPredicate free, LongSupplier nanoTime) {
    this.candidates = candidates;
    this.next = begin;
    this.free = free;
    this.nanoTime = nanoTime;
  }

  /**
   * An allocator for the ports from {@code first} to {@code last}, in their order, round and round.
   *
   * @param begin which of so many is given first
   * @param ephemeral ports the kernel gives to outgoing connections; avoided as long as others are
   *     left in the range
   * @param nanoTime a clock that only goes forward
   */
  public static PortAllocator of(
      int first,
      int last,
      IntUnaryOperator begin,
      IntPredicate ephemeral,
      IntPredicate free,
      LongSupplier nanoTime) {
    List<Integer> all = IntStream.rangeClosed(first, last).boxed().toList();
    List<Integer> calm = all.stream().filter(port -> !ephemeral.test(port)).toList();
    List<Integer> candidates = calm.isEmpty() ? all : calm;
    return new PortAllocator(candidates, begin.applyAsInt(candidates.size()), free, nanoTime);
  }

  /**
   * Always the same for a node, and far apart for several: a port that the agent of another node on
   * this host has just given out may not be listened on yet, so that it looks free.
   */
  public static IntUnaryOperator begin(NodeId node) {
    return count -> new SplittableRandom(node.value().hashCode()).nextInt(count);
  }

  /** True when nobody listens on the port on any address of this host. */
  public static boolean canBind(int port) {
    try (ServerSocket socket = new ServerSocket(port)) {
      return socket.isBound();
    } catch (IOException e) {
      // That is the answer: somebody has it, or it may not be had.
      return false;
    }
  }

  /** The ports by name in the order of {@code specs}; empty when too few are free. */
  public Optional<Map<String, Integer>> allocate(ServiceName service, List<PortSpec> specs) {
    Map<String, Integer> ports = new LinkedHashMap<>();
    for (PortSpec spec : specs) {
      Optional<Integer> port =
          spec.number().isPresent() ? Optional.of(spec.number().getAsInt()) : pick(service);
      if (port.isEmpty()) {
        release(service, ports.values());
        return Optional.empty();
      }
      ports.put(spec.name(), port.get());
      used.add(port.get());
    }
    return Optional.of(ports);
  }

  /** Takes note of ports that an adopted instance has. */
  public void occupy(Collection<Integer> ports) {
    used.addAll(ports);
  }

  public void release(ServiceName service, Collection<Integer> ports) {
    for (int port : new ArrayList<>(ports)) {
      used.remove(port);
      former.put(port, new Former(service, nanoTime.getAsLong()));
    }
  }

  private Optional<Integer> pick(ServiceName service) {
    for (int tried = 0; tried < candidates.size(); tried++) {
      int port = candidates.get(next);
      next = (next + 1) % candidates.size();
      if (!used.contains(port) && !isQuarantined(port, service) && free.test(port)) {
        return Optional.of(port);
      }
    }
    return Optional.empty();
  }

  private boolean isQuarantined(int port, ServiceName service) {
    return Optional.ofNullable(former.get(port))
        .filter(last -> !last.service().equals(service))
        .filter(last -> nanoTime.getAsLong() - last.releasedAt() < QUARANTINE.toNanos())
        .isPresent();
  }
}
