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
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The nodes that may take instances of one service. They are chosen for one slot after the other,
 * and each choice counts for the next, so that slots which are empty together do not all go to the
 * node that was the best for the first.
 *
 * <p>What is to be avoided comes last, the slot's former node first. Then instances of one service
 * spread over nodes; among equals preferred labels decide, then the zone with the fewest of them,
 * then, for instances that ask for a share of their host, room for more of them, then the lighter
 * load. What is still equal each slot meets in an order of its own, so that many services which
 * start at once do not all begin with the same node, and the same question always has the same
 * answer.
 */
public final class Ranking {

  /** A node, and what is on it so far. */
  private static final class Seat {
    private final Candidate candidate;
    private final int preferred;
    private final Zone zone;
    private final int hash;
    private final boolean hadOwn;
    private int own;
    private Room room;
    private long times;

    Seat(Candidate candidate, int preferred, Zone zone, int own, Share share) {
      this.candidate = candidate;
      this.preferred = preferred;
      this.zone = zone;
      this.hash = candidate.node().value().hashCode();
      this.hadOwn = own > 0;
      this.own = own;
      this.room = candidate.room();
      this.times = room.times(share);
      zone.own += own;
    }

    void take(Share share) {
      own++;
      zone.own++;
      room = room.minus(share);
      times = room.times(share);
    }

    /**
     * Whether there is any hope; the node itself decides. Where the service has instances already
     * the slot that seeks a place may have one there, which counts as taken and would be its own.
     */
    boolean mayFit() {
      return hadOwn || times > 0;
    }

    NodeId node() {
      return candidate.node();
    }
  }

  /** Nodes without one are in one together. */
  private static final class Zone {
    private int own;
  }

  /** Named one by one; of the others it is said how many they are. */
  private static final int MOST_NAMED = 8;

  private final ServiceName service;
  private final Share share;
  private final List<Seat> seats = new ArrayList<>();
  private final SortedMap<NodeId, String> refusals = new TreeMap<>();

  private Ranking(ServiceName service, Share share) {
    this.service = service;
    this.share = share;
  }

  /** For instances that ask for no share of their host. */
  public static Ranking of(
      ServiceName service,
      List<Candidate> candidates,
      Placement placement,
      Map<NodeId, Integer> own) {
    return of(service, candidates, placement, Share.NONE, own);
  }

  /**
   * Leaves out the nodes that may not take any.
   *
   * @param share what each instance asks for
   * @param own instances of the service on each node, and places that are being sought there
   */
  public static Ranking of(
      ServiceName service,
      List<Candidate> candidates,
      Placement placement,
      Share share,
      Map<NodeId, Integer> own) {
    Ranking ranking = new Ranking(service, share);
    Map<String, Zone> zones = new HashMap<>();
    for (Candidate candidate : candidates) {
      candidate
          .refusal(placement)
          .ifPresentOrElse(
              why -> ranking.refusals.put(candidate.node(), why),
              () ->
                  ranking.seats.add(
                      new Seat(
                          candidate,
                          preferred(candidate, placement),
                          zones.computeIfAbsent(candidate.zone(), _ -> new Zone()),
                          own.getOrDefault(candidate.node(), 0),
                          share)));
    }
    return ranking;
  }

  /** What each instance asks for. */
  public Share share() {
    return share;
  }

  private static int preferred(Candidate candidate, Placement placement) {
    return (int) placement.prefer().entrySet().stream().filter(candidate::has).count();
  }

  /**
   * Why a slot has no place, as far as it concerns nodes: first those that came closest.
   *
   * @param refused what the nodes have said that were asked
   */
  public String refusal(Map<NodeId, String> refused) {
    List<String> all = new ArrayList<>();
    new TreeMap<>(refused).forEach((node, why) -> all.add(said(node, why)));
    for (Seat seat : seats) {
      if (!refused.containsKey(seat.node())) {
        seat.room.refusal(share).ifPresent(why -> all.add(said(seat.node(), why)));
      }
    }
    refusals.forEach((node, why) -> all.add(said(node, why)));
    return all.isEmpty() ? "there is no node" : bounded(all);
  }

  private static String said(NodeId node, String why) {
    return "node " + node + " " + why;
  }

  private static String bounded(List<String> all) {
    String named = String.join("; ", all.subList(0, Math.min(MOST_NAMED, all.size())));
    return all.size() > MOST_NAMED ? named + "; and " + (all.size() - MOST_NAMED) + " more" : named;
  }

  /**
   * The best node for a slot, which has it from now on.
   *
   * @param without nodes that have refused it
   */
  public Optional<NodeId> choose(int slot, Preference preference, Set<NodeId> without) {
    Order order = new Order(slot, preference);
    Optional<Seat> best = Optional.empty();
    for (Seat seat : seats) {
      // First what most seats fail at: the best so far is soon better than nearly all.
      if ((best.isEmpty() || order.compare(seat, best.get()) < 0)
          && seat.mayFit()
          && !without.contains(seat.node())
          && !preference.without().contains(seat.node())) {
        best = Optional.of(seat);
      }
    }
    best.ifPresent(seat -> seat.take(share));
    return best.map(Seat::node);
  }

  /** Best first, for one slot. Thousands of nodes are compared for each of a hundred slots. */
  private final class Order implements Comparator<Seat> {
    private final int slot;
    private final Preference preference;
    private final boolean indifferent;

    Order(int slot, Preference preference) {
      this.slot = slot;
      this.preference = preference;
      this.indifferent = preference.avoid().isEmpty() && preference.near().isEmpty();
    }

    @Override
    public int compare(Seat one, Seat other) {
      int by = indifferent ? 0 : byPreference(one, other);
      by = by != 0 ? by : Integer.compare(one.own, other.own);
      by = by != 0 ? by : Integer.compare(other.preferred, one.preferred);
      by = by != 0 ? by : Integer.compare(one.zone.own, other.zone.own);
      by = by != 0 ? by : Long.compare(other.times, one.times);
      by = by != 0 ? by : Integer.compare(one.candidate.load(), other.candidate.load());
      by = by != 0 ? by : Integer.compare(turn(slot, one), turn(slot, other));
      return by != 0 ? by : one.node().compareTo(other.node());
    }

    private int byPreference(Seat one, Seat other) {
      int by = Boolean.compare(isAvoided(one), isAvoided(other));
      return by != 0 ? by : Boolean.compare(isNear(other), isNear(one));
    }

    private boolean isAvoided(Seat seat) {
      return preference.avoid().contains(seat.node());
    }

    private boolean isNear(Seat seat) {
      return preference.near().filter(seat.node()::equals).isPresent();
    }
  }

  /** The same in every process; neighbouring slots and names have nothing in common. */
  private int turn(int slot, Seat seat) {
    int mixed = (service.value().hashCode() * 31 + slot) * 31 + seat.hash;
    mixed = (mixed ^ (mixed >>> 16)) * 0x85ebca6b;
    mixed = (mixed ^ (mixed >>> 13)) * 0xc2b2ae35;
    return mixed ^ (mixed >>> 16);
  }
}
