package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class OptionSourcesTest {

  @TempDir Path directory;

  /** Stands for the real agent command. */
  @Command(name = "agent")
  static final class SomeRole {
    @Option(names = "--zone", defaultValue = "none")
    private String zone = "";

    @Option(names = "--label", split = ",")
    private Map<String, String> labels = Map.of();

    @Option(names = "--config")
    private String config = "";
  }

  /** Stands for a client command. */
  @Command(name = "events")
  static final class SomeClient {
    @Option(names = "--service", defaultValue = "all")
    private String service = "";

    @Option(names = "--server", defaultValue = "usual")
    private String server = "";
  }

  private static <T> T parsed(T command, Map<String, String> environment, String... args) {
    new CommandLine(command)
        .setDefaultValueProvider(OptionSources.of(environment, args))
        .parseArgs(args);
    return command;
  }

  private String config(String text) throws Exception {
    return Files.writeString(directory.resolve("holdfast.yaml"), text).toString();
  }

  @Test
  void theBuiltInValueComesLast() {
    assertThat(parsed(new SomeRole(), Map.of()).zone).isEqualTo("none");
  }

  @Test
  void theConfigFileGoesBeforeTheBuiltInValue() throws Exception {
    SomeRole role = parsed(new SomeRole(), Map.of(), "--config", config("zone: file"));

    assertThat(role.zone).isEqualTo("file");
    assertThat(role.config).endsWith("holdfast.yaml");
  }

  @Test
  void theEnvironmentGoesBeforeTheConfigFile() throws Exception {
    Map<String, String> environment =
        Map.of("HOLDFAST_ZONE", "environment", "HOLDFAST_CONFIG", config("zone: file"));

    assertThat(parsed(new SomeRole(), environment).zone).isEqualTo("environment");
  }

  @Test
  void theCommandLineGoesBeforeTheEnvironment() {
    SomeRole role =
        parsed(new SomeRole(), Map.of("HOLDFAST_ZONE", "environment"), "--zone", "line");

    assertThat(role.zone).isEqualTo("line");
  }

  @Test
  void aMapInTheConfigFileBecomesPairs() throws Exception {
    SomeRole role =
        parsed(new SomeRole(), Map.of(), "--config=" + config("label: {disk: ssd, rack: 7}"));

    assertThat(role.labels).containsEntry("disk", "ssd").containsEntry("rack", "7");
  }

  @Test
  void aClientInsideAServiceIsNotNarrowedToThatService() {
    SomeClient client =
        parsed(
            new SomeClient(),
            Map.of("HOLDFAST_SERVICE", "web", "HOLDFAST_SERVER", "http://127.0.0.1:1"));

    assertThat(client.service).isEqualTo("all");
    assertThat(client.server).isEqualTo("http://127.0.0.1:1");
  }
}
