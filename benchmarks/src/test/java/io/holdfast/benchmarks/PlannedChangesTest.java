package io.holdfast.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Locale;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What people do to a service and to its hosts, four of them in networks of their own, under a
 * steady load: nothing fails meanwhile, not even when what they do is wrong.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PlannedChangesTest {

  private static final int HOSTS = 4;
  private static final Duration LONGEST_ROLLOUT = Duration.ofMinutes(4);
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
  void aNewVersionIsRolledOut() throws Exception {
    SortedMap<String, Integer> before = site.instances("web");
    trial()
        .bear(
            "rollout",
            () -> {
              long begun = System.nanoTime();
              assertThat(site.applyWeb("environment: {RELEASE: '2'}")).isTrue();
              awaitRolledOut();
              tell("rollout", "six instances replaced", begun);
            });
    assertThat(site.instances("web").keySet()).doesNotContainAnyElementsOf(before.keySet());
  }

  @Test
  void aVersionThatEndsAtOnceIsTakenBack() throws Exception {
    SortedMap<String, Integer> before = site.instances("web");
    trial()
        .bear(
            "bad update, ends",
            () -> {
              long begun = System.nanoTime();
              long version = site.version("web");
              assertThat(site.applyWeb("command: ['false']")).isTrue();
              awaitVersion(version + 2);
              awaitRolledOut();
              tell("bad update, ends", "taken back", begun);
            });
    assertThat(site.instances("web")).as("untouched").isEqualTo(before);
    JsonNode why = site.cluster().get(0, "/v1/services/web/why").path(0);
    assertThat(why.path("summary").asText()).contains("could not be brought to version");
  }

  @Test
  void aVersionThatNeverBecomesReadyIsTakenBack() throws Exception {
    SortedMap<String, Integer> before = site.instances("web");
    trial()
        .bear(
            "bad update, never ready",
            () -> {
              long begun = System.nanoTime();
              long version = site.version("web");
              assertThat(site.applyWeb("command: [sleep, '1000']")).isTrue();
              awaitVersion(version + 2);
              awaitRolledOut();
              tell("bad update, never ready", "taken back", begun);
            });
    assertThat(site.instances("web")).as("untouched").isEqualTo(before);
  }

  @Test
  void everyHostIsDrainedInItsTurn() throws Exception {
    trial()
        .bear(
            "drains",
            () -> {
              for (int host = 0; host < HOSTS; host++) {
                drain(host);
              }
            });
  }

  @Test
  void twoOfFourHostsAreCutOffWithinASecond() throws Exception {
    trial()
        .bear(
            "two-cut-off",
            () -> {
              site.cutOffHost(0);
              site.cutOffHost(1);
              Waiting.until(
                  "the brake is engaged",
                  () ->
                      site.cluster()
                          .get(0, "/v1/cluster")
                          .path("brake")
                          .path("engaged")
                          .asBoolean());
              site.heal();
            });
  }

  private void drain(int host) throws Exception {
    long begun = System.nanoTime();
    String node = "node-" + host;
    assertThat(site.cluster().post(0, "/v1/nodes/" + node + "/drain")).isTrue();
    Waiting.until(
        node + " is drained", LONGEST_ROLLOUT, () -> site.stateOfNode(host).equals("drained"));
    assertThat(site.nodes("web").values()).doesNotContain(node);
    tell("drains", node + " drained", begun);
    assertThat(site.cluster().post(0, "/v1/nodes/" + node + "/undrain")).isTrue();
    Waiting.until(node + " is back", () -> site.stateOfNode(host).equals("ready"));
  }

  private void awaitVersion(long version) throws Exception {
    Waiting.until(
        "there is version " + version, LONGEST_ROLLOUT, () -> site.version("web") == version);
  }

  private void awaitRolledOut() throws Exception {
    Waiting.until(
        "web is rolled out",
        LONGEST_ROLLOUT,
        () ->
            site.cluster().get(0, "/v1/services/web").path("state").asText().equals("ready")
                && site.instances("web").size() == 6);
  }

  private Trial trial() {
    return new Trial(site, HOSTS);
  }

  private static void tell(String name, String what, long begun) {
    System.out.printf(
        Locale.ROOT,
        "%-28s %s after %.1f s%n",
        name,
        what,
        (System.nanoTime() - begun) / NANOS_PER_SECOND);
  }
}
