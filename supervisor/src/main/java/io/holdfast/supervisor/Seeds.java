package io.holdfast.supervisor;

import io.holdfast.core.CannotStart;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The supervisor nodes of a cluster, by the addresses at which they meet. None stands for a node
 * that is alone.
 *
 * <p>More than half of them decide; a node that is with fewer decides nothing. So they are odd in
 * number: of two the loss of either would stop both.
 */
public record Seeds(List<InetSocketAddress> addresses) {

  private static final Set<Integer> SIZES = Set.of(1, 3, 5, 7);

  /** A node that is alone. */
  public static final Seeds NONE = new Seeds(List.of());

  public Seeds {
    addresses = List.copyOf(addresses);
  }

  /** Says in a sentence why {@code self} cannot be one of them with such a journal. */
  void require(InetSocketAddress self, JournalSettings journal) throws CannotStart {
    if (addresses.isEmpty()) {
      return;
    }
    if (!SIZES.contains(addresses.size())) {
      throw new CannotStart(
          "--seed names "
              + addresses.size()
              + " supervisors; a cluster has one, three, five or seven");
    }
    if (new HashSet<>(addresses).size() < addresses.size()) {
      throw new CannotStart("--seed names a supervisor twice");
    }
    if (!addresses.contains(self)) {
      throw new CannotStart(
          "--seed must name all supervisors, this one as well, whose --cluster is " + text(self));
    }
    if (isCluster() && journal instanceof JournalSettings.Embedded) {
      throw new CannotStart(
          "several supervisors need one journal: --journal postgres with --journal-url");
    }
  }

  boolean isCluster() {
    return addresses.size() > 1;
  }

  /** As people read them, and the same in whatever order they were given. */
  String sorted() {
    return addresses.stream().map(Seeds::text).sorted().collect(Collectors.joining(","));
  }

  /** So many decide. */
  int majority() {
    return addresses.size() / 2 + 1;
  }

  /**
   * As Akka names the nodes, in the order of the {@code turn}, from 0. The first of them alone may
   * begin a cluster, so at each turn it is another one: whoever stays away keeps nobody waiting.
   */
  List<String> nodes(String system, int turn) {
    List<String> nodes =
        new ArrayList<>(
            addresses.stream().map(address -> "akka://" + system + "@" + text(address)).toList());
    Collections.rotate(nodes, -turn);
    return nodes;
  }

  private static String text(InetSocketAddress address) {
    String host =
        address.isUnresolved() ? address.getHostString() : address.getAddress().getHostAddress();
    return host + ":" + address.getPort();
  }
}
