package io.holdfast.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** What is hard on hosts and supervisors, and yet nothing that is dead. */
enum Nuisance {
  /** One agent or one supervisor after the other stands still for 5 to 20 s. */
  STOPS {
    @Override
    String bear(Site site, int agents, Duration lasts, Random random) throws Exception {
      long end = System.nanoTime() + lasts.toNanos();
      List<Integer> seconds = new ArrayList<>();
      int count = 0;
      while (System.nanoTime() < end) {
        Duration stop = Duration.ofMillis(5_000 + random.nextInt(15_001));
        seconds.add((int) stop.toSeconds());
        if (count++ % 2 == 0) {
          stopAgent(site, random.nextInt(agents), stop);
        } else {
          stopSupervisor(site, random.nextInt(site.cluster().size()), stop);
        }
        Waiting.pass(BETWEEN);
      }
      return "agents and supervisors stopped in turn, for so many seconds: " + seconds;
    }
  },
  /** Every fifth packet to a host of an agent, and from it, is lost. */
  LOSS {
    @Override
    Optional<String> obstacle() throws IOException, InterruptedException {
      int code =
          new ProcessBuilder("sh", "-c", "PATH=$PATH:/usr/sbin command -v nft")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor();
      return code == 0
          ? Optional.empty()
          : Optional.of("there is no nft (apt-get install nftables)");
    }

    @Override
    String bear(Site site, int agents, Duration lasts, Random random) throws Exception {
      site.losePackets(PERCENT);
      try {
        Waiting.pass(lasts);
      } finally {
        site.loseNoPackets();
      }
      return PERCENT + " % of packets lost, to and from each host of an agent";
    }
  },
  /** Twice as many loops as there are processors want all of their time. */
  STARVATION {
    @Override
    String bear(Site site, int agents, Duration lasts, Random random) throws Exception {
      int count = 2 * Runtime.getRuntime().availableProcessors();
      List<Process> loops = new ArrayList<>();
      try {
        for (int i = 0; i < count; i++) {
          loops.add(new ProcessBuilder("sh", "-c", "while :; do :; done").start());
        }
        Waiting.pass(lasts);
      } finally {
        loops.forEach(Process::destroyForcibly);
      }
      return count + " busy loops at normal priority";
    }
  };

  private static final Duration BETWEEN = Duration.ofSeconds(5);
  private static final int PERCENT = 20;

  /** Why this cannot be tried here. */
  Optional<String> obstacle() throws IOException, InterruptedException {
    return Optional.empty();
  }

  /** Goes on for so long, and leaves all as it was; returns what was done. */
  abstract String bear(Site site, int agents, Duration lasts, Random random) throws Exception;

  private static void stopAgent(Site site, int agent, Duration lasts) throws Exception {
    site.signalAgent(agent, "STOP");
    try {
      Waiting.pass(lasts);
    } finally {
      site.signalAgent(agent, "CONT");
    }
    Waiting.until("it is back", () -> site.stateOfNode(agent).equals("ready"));
  }

  private static void stopSupervisor(Site site, int supervisor, Duration lasts) throws Exception {
    site.cluster().signal(supervisor, "STOP");
    try {
      Waiting.pass(lasts);
    } finally {
      site.cluster().signal(supervisor, "CONT");
    }
    site.cluster().awaitWhole();
  }
}
