package io.holdfast.supervisor;

import io.holdfast.core.CannotStart;
import java.net.InetSocketAddress;

/** From where a supervisor may be reached: from other hosts only by those it can know. */
final class Reach {

  private Reach() {}

  static void require(SupervisorSettings settings) throws CannotStart {
    requireLoopback(
        "http", settings.http(), "the admin API knows no tokens yet and binds to loopback only");
    if (settings.access().tls().isEmpty()) {
      String reason =
          "other hosts are let in only with --tls-cert, --tls-key and --tls-ca; without them"
              + " Holdfast binds to loopback only";
      requireLoopback("grpc", settings.grpc(), reason);
      requireLoopback("cluster", settings.cluster(), reason);
    }
    requireKnown("grpc", settings.grpc());
    requireKnown("cluster", settings.cluster());
    if (settings.cluster().getAddress().isAnyLocalAddress()) {
      throw new CannotStart(
          option("cluster", settings.cluster())
              + " is no address at which the other supervisors could reach this one; give one of"
              + " this host's own");
    }
  }

  private static void requireLoopback(String option, InetSocketAddress address, String reason)
      throws CannotStart {
    requireKnown(option, address);
    if (!address.getAddress().isLoopbackAddress()) {
      throw new CannotStart(option(option, address) + " is not a loopback address; " + reason);
    }
  }

  private static void requireKnown(String option, InetSocketAddress address) throws CannotStart {
    if (address.isUnresolved()) {
      throw new CannotStart(option(option, address) + " is not a known address");
    }
  }

  private static String option(String name, InetSocketAddress address) {
    return "--" + name + " " + address.getHostString() + ":" + address.getPort();
  }
}
