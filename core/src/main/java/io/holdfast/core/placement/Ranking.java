package io.holdfast.core.placement;

import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.spec.Placement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The nodes that may take instances of one service. They are chosen for one slot after the other,
 * and each choice counts for the next, so that slots which are empty together do not all go to the
 * node that was the best for the first.
 *
 * <p>What is to be avoided comes last, the slot's former node first. Then instances of one service
 * spread over nodes; among equals preferred labels decide, then the zone with the fewest of them,
 * then the lighter load. What is still equal each slot meets in an order of its own, so that many
 * services which start at once do not all begin with the same node, and the same question always
 * has the same answer.
 */
public final class Ranking {

  /** A node, and what is on it so far. */
  private static final class Seat {
    private final Candidate candidate;
    private final int preferred;
    private final Zone zone;
    private int own;

    Seat(Candidate candidate, int preferred, Zone zone, int own) {
      this.candidate = candidate;
      this.preferred = preferred;
      this.zone = zone;
      this.own = own;
      zone.own += own;
    }

    NodeId node() {
      return candidate.node();
    }
  }

  /** Nodes without one are in one together. */
  private static final class Zone {
    private int own;
  }

  private final ServiceName service;
  private final List<Seat> seats = new ArrayList<>();
  private final List<String> refusals = new ArrayList<>();

  private Ranking(ServiceName service) {
    this.service = service;
  }

  /**
   * Leaves out the nodes that may not take any.
   *
   * @param own instances of the service on each node, and places that are being sought there
   */
  public static Ranking of(
      ServiceName service,
      List<Candidate> candidates,
      Placement placement,
      Map<NodeId, Integer> own) {
    Ranking ranking = new Ranking(service);
    Map<String, Zone> zones = new HashMap<>();
    for (Candidate candidate : candidates) {
      candidate
          .refusal(placement)
          .ifPresentOrElse(
              ranking.refusals::add,
              () ->
                  ranking.seats.add(
                      new Seat(
                          candidate,
                          preferred(candidate, placement),
                          zones.computeIfAbsent(candidate.zone(), _ -> new Zone()),
                          own.getOrDefault(candidate.node(), 0))));
    }
    return ranking;
  }

  private static int preferred(Candidate candidate, Placement placement) {
    return (int) placement.prefer().entrySet().stream().filter(candidate::has).count();
  }

  /** A sentence for each node that was left out. */
  public List<String> refusals() {
    return List.copyOf(refusals);
  }

  /**
   * The best node for a slot, which has it from now on.
   *
   * @param without nodes that have refused it
   */
  public Optional<NodeId> choose(int slot, Preference preference, Set<NodeId> without) {
    Optional<Seat> best =
        seats.stream().filter(seat -> !without.contains(seat.node())).min(order(slot, preference));
    best.ifPresent(
        seat -> {
          seat.own++;
          seat.zone.own++;
        });
    return best.map(Seat::node);
  }

  private Comparator<Seat> order(int slot, Preference preference) {
    return Comparator.comparing((Seat seat) -> preference.avoid().contains(seat.node()))
        .thenComparing(seat -> preference.near().filter(seat.node()::equals).isEmpty())
        .thenComparingInt(seat -> seat.own)
        .thenComparingInt(seat -> -seat.preferred)
        .thenComparingInt(seat -> seat.zone.own)
        .thenComparingInt(seat -> seat.candidate.load())
        .thenComparingInt(seat -> turn(slot, seat.node()))
        .thenComparing(Seat::node);
  }

  /** The same in every process; neighbouring slots and names have nothing in common. */
  private int turn(int slot, NodeId node) {
    int mixed = (service.value().hashCode() * 31 + slot) * 31 + node.value().hashCode();
    mixed = (mixed ^ (mixed >>> 16)) * 0x85ebca6b;
    mixed = (mixed ^ (mixed >>> 13)) * 0xc2b2ae35;
    return mixed ^ (mixed >>> 16);
  }
}
