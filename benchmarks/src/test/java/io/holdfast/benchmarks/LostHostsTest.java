package io.holdfast.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What may befall hosts and their agents, four of them in networks of their own, under a steady
 * load: dead hosts are replaced, what lives is left alone, and nothing fails meanwhile.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LostHostsTest {

  private static final int HOSTS = 4;
  private static final Duration A_WHILE = Duration.ofSeconds(20);

  /** Of an agent that is away; five minutes where there is time for it. */
  private static final Duration AWAY =
      Duration.ofSeconds(Integer.getInteger("chaos.away.seconds", 60));

  private static final double NANOS_PER_SECOND = 1e9;

  private Site site;
  private boolean opened;

  @RegisterExtension
  final AfterTestExecutionCallback evidence =
      context -> context.getExecutionException().ifPresent(_ -> site.keepLogs());

  @BeforeAll
  void open() throws Exception {
    assumeThat(Networks.areNamespacesPermitted())
        .as("hosts can be cut off from everybody in network namespaces only")
        .isTrue();
    site = Site.open(HOSTS);
    opened = true;
  }

  @AfterAll
  void close() throws Exception {
    if (opened) {
      site.close();
    }
  }

  @Test
  void everythingOnAHostIsKilled() throws Exception {
    bear(
        "host-killed",
        () -> {
          site.killHost(0);
          awaitReplaced("host-killed", List.of(0));
          site.startAgent(0);
        });
  }

  @Test
  void aHostIsCutOffInSilenceAndReturnsAfterItsReplacement() throws Exception {
    bear(
        "host-cut-off",
        () -> {
          site.cutOffHost(1);
          awaitReplaced("host-cut-off", List.of(1));
          site.heal();
        });
  }

  @Test
  void whatAHostSendsIsLost() throws Exception {
    bear(
        "host-mute",
        () -> {
          site.muteHost(2);
          awaitReplaced("host-mute", List.of(2));
          site.heal();
        });
  }

  @Test
  void whatIsSentToAHostIsLost() throws Exception {
    bear(
        "host-deaf",
        () -> {
          site.deafenHost(3);
          awaitReplaced("host-deaf", List.of(3));
          site.heal();
        });
  }

  @Test
  void anAgentIsKilledAndItsServicesGoOn() throws Exception {
    site.awaitEven("web");
    SortedMap<String, Integer> web = site.instances("web");
    int host = site.hostOf("web");
    bear(
        "agent-killed",
        () -> {
          site.killAgent(host);
          Waiting.pass(AWAY);
          String state = site.stateOfNode(host);
          SortedMap<String, Integer> meanwhile = site.instances("web");
          site.startAgent(host);
          assertThat(state).isEqualTo("suspect");
          assertThat(meanwhile).as("untouched").isEqualTo(web);
        });
    assertThat(site.instances("web")).as("untouched").isEqualTo(web);
  }

  @Test
  void twoOfFourHostsAreLostWithinASecond() throws Exception {
    bear(
        "two-lost",
        () -> {
          site.killHost(1);
          site.killHost(2);
          awaitReplaced("two-lost", List.of(1, 2));
          site.startAgent(1);
          site.startAgent(2);
        });
  }

  private void awaitReplaced(String name, List<Integer> lost) throws Exception {
    long begun = System.nanoTime();
    List<String> nodes = lost.stream().map(number -> "node-" + number).toList();
    Waiting.until(
        "nothing is on what was lost",
        () -> site.nodes("web").values().stream().noneMatch(nodes::contains));
    site.awaitReady("web");
    System.out.printf(
        Locale.ROOT,
        "%-28s all ready elsewhere after %.1f s%n",
        name,
        (System.nanoTime() - begun) / NANOS_PER_SECOND);
    Waiting.pass(A_WHILE);
  }

  private void bear(String name, Trial.Trouble trouble) throws Exception {
    new Trial(site, HOSTS).bear(name, trouble);
  }
}
