package io.holdfast.cli.role;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.holdfast.cli.HoldfastProcess;
import io.holdfast.cli.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The planned upgrade of an agent, with a real one. */
final class RenewalTest {

  private static final Pattern READY = Pattern.compile("ready: supervisor http=(\\S+) grpc=(\\S+)");
  private static final String LOOPBACK = "127.0.0.1:0";

  /** Others may test on this host at the same time. */
  private final String node = "renewal-" + UUID.randomUUID();

  @TempDir Path directory;

  @Test
  void anAgentBeginsAnewAsTheSameProcessWithTheSameChildren() throws Exception {
    try (HoldfastProcess supervisor = supervisor()) {
      Matcher ready = READY.matcher(supervisor.line());
      assertThat(ready.lookingAt()).isTrue();
      String http = "http://" + ready.group(1);
      try (HoldfastProcess agent = agent(ready.group(2))) {
        assertThat(agent.line()).isEqualTo("ready: agent");
        Path go = directory.resolve("go");
        client(http, spec(go), "apply", "-f", "-", "--wait");
        long pid = instance(http).path("pid").asLong();

        agent.signal("USR1");
        assertThat(agent.line()).isEqualTo("the next build");
        // It does not listen yet, and must not end by that.
        agent.signal("USR1");
        awaitReady(agent);
        agent.signal("USR1");
        assertThat(agent.line()).isEqualTo("the next build");
        awaitReady(agent);
        assertThat(instance(http).path("pid").asLong()).isEqualTo(pid);
        Files.createFile(go);
        assertThat(code(http)).isEqualTo(9);
        client(
            http, spec(go).replace("instances: 1", "instances: 0"), "apply", "-f", "-", "--wait");
        assertThat(agent.children()).isEmpty();
      }
    }
  }

  @Test
  void anAgentThatDoesWithoutNativeCallsSaysThatItGoesOnInstead() throws Exception {
    try (HoldfastProcess supervisor = supervisor()) {
      Matcher ready = READY.matcher(supervisor.line());
      assertThat(ready.lookingAt()).isTrue();
      try (HoldfastProcess agent = agent(ready.group(2), "--portable")) {
        assertThat(agent.line()).isEqualTo("ready: agent");

        agent.signal("USR1");

        String complaint = agent.complaint();
        while (!complaint.startsWith("holdfast: ")) {
          complaint = agent.complaint();
        }
        assertThat(complaint)
            .isEqualTo(
                "holdfast: an agent that launches by portable means cannot begin anew,"
                    + " so it goes on");
      }
    }
  }

  private static void awaitReady(HoldfastProcess agent) throws Exception {
    while (!agent.line().equals("ready: agent")) {
      // Where it has listened already, it begins anew once more.
    }
  }

  private static String spec(Path go) {
    return """
    name: web
    instances: 1
    command: [sh, -c, "until [ -e %s ]; do sleep 0.02; done; rm %s; exit 9"]
    """
        .formatted(go, go);
  }

  private HoldfastProcess supervisor() throws Exception {
    return HoldfastProcess.start(
        Map.of(),
        "supervisor",
        "--http",
        LOOPBACK,
        "--grpc",
        LOOPBACK,
        "--cluster",
        LOOPBACK,
        "--data",
        directory.resolve("supervisor").toString());
  }

  private HoldfastProcess agent(String grpc, String... more) throws Exception {
    List<String> words =
        List.of(
            "agent",
            "--supervisor",
            grpc,
            "--node",
            node,
            "--data",
            directory.resolve("agent").toString());
    return HoldfastProcess.start(
        Map.of("HOLDFAST_LAUNCHER", launcher().toString()),
        Stream.concat(words.stream(), Stream.of(more)).toArray(String[]::new));
  }

  /** Stands for the launcher of a build that is newer by a line of output. */
  private Path launcher() throws Exception {
    Path launcher = directory.resolve("launcher");
    Files.writeString(
        launcher,
        "#!/bin/sh\necho the next build\nexec "
            + String.join(
                " ", HoldfastProcess.command().stream().map(word -> "'" + word + "'").toList())
            + " \"$@\"\n");
    return Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
  }

  private static void client(String http, String input, String... words) {
    Ran ran = Ran.with(Map.of("HOLDFAST_SERVER", http), input, words);
    assertThat(ran.err()).isEmpty();
  }

  private static JsonNode instance(String http) throws Exception {
    Ran ran =
        Ran.with(Map.of("HOLDFAST_SERVER", http), "", "describe", "service", "web", "-o", "json");
    return new JsonMapper().readTree(ran.out()).path("instances").path(0);
  }

  private static int code(String http) throws Exception {
    JsonNode exit = instance(http).path("lastExit");
    while (exit.isMissingNode()) {
      Thread.onSpinWait();
      exit = instance(http).path("lastExit");
    }
    return exit.path("code").asInt();
  }
}
