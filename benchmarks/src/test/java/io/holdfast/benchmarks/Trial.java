package io.holdfast.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Something befalls a site under a steady load: nothing may fail, the exclusive service may never
 * run twice, and in the end all has to be as it was.
 */
record Trial(Site site, int hosts) {

  private static final Duration BEFORE_AND_AFTER = Duration.ofSeconds(5);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  interface Trouble {
    void happen() throws Exception;
  }

  void bear(String name, Trouble trouble) throws Exception {
    site.awaitReady("web");
    site.awaitReady("solo");
    Process load = site.startLoad();
    Waiting.pass(BEFORE_AND_AFTER);
    long most = watched(trouble);
    for (int i = 0; i < hosts; i++) {
      int host = i;
      Waiting.until("all hosts are back", () -> site.stateOfNode(host).equals("ready"));
    }
    site.awaitReady("web");
    site.awaitReady("solo");
    Waiting.pass(BEFORE_AND_AFTER);
    load.toHandle().destroy();
    Answers answers = Answers.of(load);
    System.out.println(answers.line(name));
    assertThat(answers.failures()).as("failed requests").isZero();
    assertThat(most).as("the exclusive one at any time").isLessThanOrEqualTo(1);
    Waiting.until("what came back has ended", () -> site.running("web") == 6);
    assertThat(site.running("solo")).as("the exclusive one").isEqualTo(1);
  }

  /** How many processes of the exclusive service there were at most, meanwhile. */
  private long watched(Trouble trouble) throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    AtomicLong most = new AtomicLong();
    Thread watcher = Thread.ofPlatform().start(() -> watch(over, most));
    try {
      trouble.happen();
    } finally {
      over.set(true);
      watcher.join();
    }
    return most.get();
  }

  private void watch(AtomicBoolean over, AtomicLong most) {
    try {
      while (!over.get()) {
        most.accumulateAndGet(site.running("solo"), Math::max);
        Waiting.pass(BETWEEN_LOOKS);
      }
    } catch (Exception e) {
      // A look that cannot be made must not pass for one at which all was well.
      most.set(Long.MAX_VALUE);
    }
  }
}
