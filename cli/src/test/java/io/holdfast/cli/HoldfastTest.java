package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HoldfastTest {

  @Test
  void anUnknownCommandIsBadUsage() {
    Ran ran = Ran.holdfast("nosuch");

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).startsWith("holdfast: there is no command 'nosuch'").contains("usage: ");
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void noCommandIsBadUsage() {
    assertThat(Ran.holdfast().code()).isEqualTo(2);
  }

  @Test
  void aMissingArgumentIsBadUsageAndShowsTheSynopsis() {
    Ran ran = Ran.holdfast("get");

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("services|nodes|routes").contains("usage: holdfast get");
  }

  @Test
  void everyValueThatCannotBeReadIsBadUsage() {
    for (List<String> words :
        List.of(
            List.of("get", "apples"),
            List.of("get", "services", "-o", "xml"),
            List.of("get", "services", "--server", "not a url"),
            List.of("get", "services", "--server", "http://127.0.0.1:99999"),
            List.of("get", "services", "--server", "http://127.0.0.1:0"),
            List.of("logs", "web", "--tail", "-1"),
            List.of("logs", "web", "--tail", "0"),
            List.of("logs", "web", "--tail", "all"),
            List.of("scale", "web", "many"),
            List.of("restart", "Web"),
            List.of("drain"),
            List.of("undrain", "node-a", "--wait"),
            List.of("restart", "web/one"),
            List.of("delete", "web/1"),
            List.of("apply"),
            List.of("agent"),
            List.of("agent", "--supervisor", "localhost"),
            List.of("agent", "--supervisor", "127.0.0.1:1", "--node", "a b"),
            List.of("agent", "--supervisor", "127.0.0.1:1", "--label", "=ssd"),
            List.of("agent", "--supervisor", "127.0.0.1:1", "--label", "disk=ssd, =x"),
            List.of("dev", "--http", "127.0.0.1:99999"),
            List.of("demo", "--for", "soon"))) {
      Ran ran = Ran.holdfast(words.toArray(String[]::new));
      assertThat(ran.code()).as("%s: %s", words, ran.err()).isEqualTo(2);
      assertThat(ran.err()).contains("usage: ").doesNotContain("Exception");
    }
  }

  @Test
  void aPortThatThereCannotBeIsNoUrl() {
    Ran ran = Ran.holdfast("get", "services", "--server", "http://127.0.0.1:99999");

    assertThat(ran.err())
        .contains("expected a URL like http://127.0.0.1:7400, got 'http://127.0.0.1:99999'");
  }

  @Test
  void helpIsNoError() {
    Ran ran = Ran.holdfast("--help");

    assertThat(ran.code()).isZero();
    assertThat(ran.out()).contains("demo", "apply").doesNotContain("rehearse");
  }

  @Test
  void theVersionNeedsNoSupervisor() {
    assertThat(Ran.holdfast("version").out()).startsWith("holdfast ");
    assertThat(Ran.holdfast("version", "-o", "json").out()).contains("\"version\"");
    assertThat(Ran.holdfast("--version").out()).startsWith("holdfast ");
  }

  @Test
  void aConfigFileThatIsMissingIsOneLine(@TempDir Path directory) {
    Path file = directory.resolve("none.yaml");

    Ran ran = Ran.holdfast("dev", "--config", file.toString());

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err())
        .isEqualToIgnoringNewLines("holdfast: cannot read " + file + ": no such file");
  }

  @Test
  void aConfigFileThatIsNotYamlIsOneLineThatNamesTheLine(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("holdfast.yaml"), "zone: a\nhttp: [\n}\n");

    Ran ran = Ran.holdfast("dev", "--config", file.toString());

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err().lines())
        .singleElement(InstanceOfAssertFactories.STRING)
        .startsWith("holdfast: " + file + ":3: is not YAML: ");
  }

  @Test
  void aConfigFileThatIsNoTextIsOneLine(@TempDir Path directory) throws Exception {
    Path file = Files.write(directory.resolve("holdfast.yaml"), new byte[] {(byte) 0xC0, 0});
    Path control = Files.writeString(directory.resolve("control.yaml"), "zone: \u0001\n");

    assertThat(Ran.holdfast("dev", "--config", file.toString()).err())
        .isEqualToIgnoringNewLines("holdfast: " + file + ": is not UTF-8 text");
    assertThat(Ran.holdfast("dev", "--config", control.toString()).err().lines())
        .singleElement(InstanceOfAssertFactories.STRING)
        .startsWith("holdfast: " + control + ": is not YAML: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http: [127.0.0.1:0] | http: expected one value, got a list",
        "zone: {a: b}        | zone: expected one value, got a map",
        "data:               | data: expected one value, got nothing",
        "supervisor: {a: 1}  | supervisor: expected one value or a list of them, got a map",
        "supervisor: [[a]]   | supervisor: expected one value or a list of them, got a list of"
            + " others",
        "label: {a: [b]}     | label: expected one value, a list or a map of them, got a map of"
            + " others"
      })
  void aConfigValueOfAnotherShapeIsOneLine(String line, String said, @TempDir Path directory)
      throws Exception {
    Path file = Files.writeString(directory.resolve("holdfast.yaml"), line + "\n");

    Ran ran = Ran.holdfast("agent", "--config", file.toString());

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).isEqualToIgnoringNewLines("holdfast: " + file + ": " + said);
  }

  @Test
  void anUnknownOptionInAConfigFileIsNamed(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("holdfast.yaml"), "htp: 127.0.0.1:0\n");

    Ran ran = Ran.with(Map.of("HOLDFAST_CONFIG", file.toString()), "", "dev");

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).contains("unknown option 'htp'").contains("http");
  }
}
