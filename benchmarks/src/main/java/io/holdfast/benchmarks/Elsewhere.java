package io.holdfast.benchmarks;

import java.util.List;

/**
 * What others need for a host that is dead, with their defaults, as their documentation and sources
 * have it: nothing of it was measured here.
 */
record Elsewhere(String name, String known, String avoided, String replaced) {

  /** To be printed beside what was measured. */
  static List<Elsewhere> all() {
    return List.of(
        new Elsewhere("Nomad", "10 to 30 s (up to 500 nodes)", "10 to 30 s", "12 to 35 s + start"),
        new Elsewhere("Kubernetes", "40 s (50 s from 1.32) + 5 s", "40 to 55 s", "340 to 355 s"),
        new Elsewhere("Consul", "4 to 8 s (up to 100 nodes)", "+ some 1 s", "nothing is replaced"),
        new Elsewhere("Docker Swarm", "some 15 s", "not known", "some 20 s"),
        new Elsewhere("Supvisors", "10 to 15 s", "nothing is routed", "by its strategy"),
        new Elsewhere("Pacemaker", "some 3 to 7 s", "moves an address", "+ fencing + start"),
        new Elsewhere("Akka Cluster", "some 5 s", "not known", "some 19 to 45 s (singleton)"),
        new Elsewhere(
            "OTP", "45 to 75 s (silent host)", "at once after that", "by its application"));
  }

  String line() {
    return "  %-14s known: %-30s avoided: %-20s replaced: %s"
        .formatted(name, known, avoided, replaced);
  }
}
