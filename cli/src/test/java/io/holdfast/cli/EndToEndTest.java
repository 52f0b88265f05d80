package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.holdfast.cli.role.DataDirectory;
import io.holdfast.cli.role.House;
import io.holdfast.cli.sample.Sample;
import io.holdfast.core.CannotStart;
import io.holdfast.core.NodeId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way with real processes: specification, API, agent, process, view, gateway. */
class EndToEndTest {

  private static final InetSocketAddress FREE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  @TempDir Path directory;

  private House start() throws Exception {
    return House.start(
        new House.Settings(
            FREE, FREE, FREE, FREE, new NodeId("here"), DataDirectory.at(directory)));
  }

  private static Ran client(House house, String input, String... args) {
    return Ran.with(Map.of("HOLDFAST_SERVER", house.http().toString()), input, args);
  }

  private static String web(int instances) throws Exception {
    Path classes =
        Path.of(Sample.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    return """
    name: web
    instances: %d
    command: [%s/bin/java, -Xmx16m, -XX:+UseSerialGC, -cp, %s, %s, --port, "${PORT}", --with-pid, "%d"]
    ports: {http: auto}
    health: {readiness: {http: /ready, interval: 100ms}}
    """
        .formatted(
            instances,
            System.getProperty("java.home"),
            classes,
            Sample.class.getName(),
            ProcessHandle.current().pid());
  }

  private static JsonNode throughTheGateway(House house) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      String body =
          http.send(
                  HttpRequest.newBuilder(URI.create(house.gateway() + "/-/web/"))
                      .timeout(Duration.ofSeconds(30))
                      .build(),
                  BodyHandlers.ofString())
              .body();
      return new JsonMapper().readTree(body);
    }
  }

  private static void kill(long pid) throws Exception {
    ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
    assertThat(process.destroyForcibly()).isTrue();
    process.onExit().get(30, TimeUnit.SECONDS);
  }

  @Test
  void aKilledInstanceComesBackAndItsClientsNeverNotice() throws Exception {
    House house = start();
    try {
      Ran applied = client(house, web(1), "apply", "-f", "-", "--wait");
      assertThat(applied.err()).isEmpty();
      assertThat(applied.out()).isEqualToIgnoringNewLines("web created (version 1)");
      JsonNode first = throughTheGateway(house);

      kill(first.path("pid").asLong());
      JsonNode second = throughTheGateway(house);

      assertThat(second.path("pid").asLong()).isNotEqualTo(first.path("pid").asLong());
      assertThat(second.path("epoch").asLong()).isGreaterThan(first.path("epoch").asLong());
      assertThat(client(house, "", "describe", "service", "web").out())
          .contains("was ended by signal KILL");
    } finally {
      house.stop();
    }
  }

  @Test
  void theMetricsOfAllItsRolesAreInOnePlaceAndEachNameIsThereOnce() throws Exception {
    House house = start();
    try (HttpClient http = HttpClient.newHttpClient()) {
      http.send(
          HttpRequest.newBuilder(URI.create(house.gateway() + "/-/nobody/")).build(),
          BodyHandlers.discarding());

      String text =
          http.send(
                  HttpRequest.newBuilder(house.http().resolve("/metrics")).build(),
                  BodyHandlers.ofString())
              .body();

      List<String> names =
          text.lines()
              .filter(line -> line.startsWith("# TYPE "))
              .map(line -> line.substring("# TYPE ".length(), line.lastIndexOf(' ')))
              .toList();
      assertThat(names)
          .doesNotHaveDuplicates()
          .contains(
              "holdfast_gateway_requests_total",
              "holdfast_view_version",
              "holdfast_view_age_seconds",
              "holdfast_heartbeats_total");
      assertThat(text)
          .contains(
              "holdfast_gateway_requests_total{code=\"404\",service=\"-\"} 1.0",
              "holdfast_view_version ",
              "holdfast_view_age_seconds ");
    } finally {
      house.stop();
    }
  }

  @Test
  void stoppingTheHouseStopsItsServices() throws Exception {
    House house = start();
    long pid;
    try {
      client(house, web(1), "apply", "-f", "-", "--wait");
      pid = throughTheGateway(house).path("pid").asLong();
    } finally {
      house.stop();
    }
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void aBadSpecificationIsToldLineByLineAndNothingIsApplied() throws Exception {
    House house = start();
    try {
      Path file =
          Files.writeString(
              directory.resolve("bad.yaml"),
              web(1) + "restrat: {}\n---\nname: Web\ncommand: [x]\n");

      Ran ran = client(house, "", "apply", "-f", file.toString());

      assertThat(ran.code()).isEqualTo(1);
      assertThat(ran.err()).contains(file + ":6: restrat: ").contains(file + ":8: name: ");
      assertThat(client(house, "", "get", "services", "-o", "json").out().strip()).isEqualTo("[ ]");
    } finally {
      house.stop();
    }
  }

  @Test
  void aPortInUseIsOneSentence() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), taken.getLocalPort());
      House.Settings settings =
          new House.Settings(
              FREE, FREE, FREE, address, new NodeId("here"), DataDirectory.at(directory));

      assertThatThrownBy(() -> House.start(settings))
          .isInstanceOf(CannotStart.class)
          .hasMessageContaining("127.0.0.1:" + taken.getLocalPort());
    }
  }
}
