package io.holdfast.benchmarks;

import java.io.IOException;

/** The most real network that is permitted here. */
final class Networks {

  private Networks() {}

  static boolean areNamespacesPermitted() throws Exception {
    Network network = best();
    network.close();
    return network instanceof Namespaces;
  }

  /** Or the one of loopback, where the property {@code chaos.network} asks for that. */
  static Network best() throws Exception {
    if (System.getProperty("chaos.network", "").equals("loopback")) {
      return new Loopback();
    }
    try {
      return Namespaces.open();
    } catch (IOException e) {
      System.err.println("Without network namespaces, through proxies: " + e.getMessage());
      return new Loopback();
    }
  }
}
