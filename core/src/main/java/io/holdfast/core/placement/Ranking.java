package io.holdfast.core.placement;

import io.holdfast.core.NodeId;
import io.holdfast.core.spec.Placement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The nodes that may take one more instance of a service, best first, and why the others may not.
 *
 * <p>What is to be avoided comes last, the slot's former node first. Then instances of one service
 * spread; among equals preferred labels decide, then the lighter load, then the node's name, so
 * that the same question always has the same answer.
 *
 * @param refusals a sentence for each node that was left out
 */
public record Ranking(List<NodeId> best, List<String> refusals) {

  public Ranking {
    best = List.copyOf(best);
    refusals = List.copyOf(refusals);
  }

  /**
   * Ranks {@code candidates}.
   *
   * @param own instances of the service on each node
   */
  public static Ranking of(
      List<Candidate> candidates,
      Placement placement,
      Map<NodeId, Integer> own,
      Preference preference) {
    List<String> refusals = new ArrayList<>();
    List<Candidate> fit = new ArrayList<>();
    for (Candidate candidate : candidates) {
      String refusal = refusal(candidate, placement);
      if (refusal.isEmpty()) {
        fit.add(candidate);
      } else {
        refusals.add("node " + candidate.node() + " " + refusal);
      }
    }
    fit.sort(order(placement, own, preference));
    return new Ranking(fit.stream().map(Candidate::node).toList(), refusals);
  }

  private static String refusal(Candidate candidate, Placement placement) {
    if (!candidate.accepting()) {
      return "takes no instances now";
    }
    for (Map.Entry<String, String> label : placement.require().entrySet()) {
      if (!label.getValue().equals(candidate.labels().get(label.getKey()))) {
        return "has no label " + label.getKey() + "=" + label.getValue();
      }
    }
    return "";
  }

  private static Comparator<Candidate> order(
      Placement placement, Map<NodeId, Integer> own, Preference preference) {
    return Comparator.comparing((Candidate c) -> preference.avoid().contains(c.node()))
        .thenComparing(c -> !preference.near().equals(Optional.of(c.node())))
        .thenComparingInt(c -> own.getOrDefault(c.node(), 0))
        .thenComparingLong(c -> -preferred(c, placement))
        .thenComparingInt(Candidate::load)
        .thenComparing(Candidate::node);
  }

  private static long preferred(Candidate candidate, Placement placement) {
    return placement.prefer().entrySet().stream()
        .filter(label -> label.getValue().equals(candidate.labels().get(label.getKey())))
        .count();
  }
}
