package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the launcher finds a JDK; the directories stand for JDKs and hold only what it looks at. */
class LauncherTest {

  private static final Path LAUNCHER = launcher();

  @TempDir Path directory;

  /** What it printed and how it ended. */
  private record Launched(int code, String out, String err) {}

  private static Path launcher() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("holdfast"))
        ? here.resolve("holdfast")
        : here.resolveSibling("holdfast");
  }

  private String places() {
    return directory.resolve("places").toString();
  }

  private Path jdk(String name, String version) throws IOException {
    Path home = directory.resolve(name);
    Files.createDirectories(home.resolve("bin"));
    for (String program : List.of("java", "javac")) {
      Path file = Files.writeString(home.resolve("bin/" + program), "#!/bin/sh\n");
      assertThat(file.toFile().setExecutable(true)).isTrue();
    }
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  private Launched printJdk(Path launcher, Map<String, String> environment) throws Exception {
    return launch(launcher, "--print-jdk", environment);
  }

  private Launched launch(Path launcher, String word, Map<String, String> environment)
      throws Exception {
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", launcher.toString(), word);
    Map<String, String> own = new HashMap<>();
    own.put("PATH", "/usr/bin:/bin");
    own.put("HOLDFAST_JDK_PLACES", directory.resolve("nothing-here").toString());
    own.putAll(environment);
    builder.environment().clear();
    builder.environment().putAll(own);
    Process process = builder.directory(directory.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Launched(process.exitValue(), out.strip(), err.strip());
  }

  @Test
  void javaHomeIsAskedFirst() throws Exception {
    Path home = jdk("jdk", "25.0.3");
    jdk("places/other", "25");

    assertThat(
            printJdk(
                    LAUNCHER, Map.of("JAVA_HOME", home.toString(), "HOLDFAST_JDK_PLACES", places()))
                .out())
        .isEqualTo(home.toString());
  }

  @Test
  void theJavaOnThePathIsFoundThroughItsLink() throws Exception {
    Path home = jdk("jdk", "25");
    Path bin = Files.createDirectory(directory.resolve("bin"));
    Files.createSymbolicLink(bin.resolve("java"), home.resolve("bin/java"));

    assertThat(printJdk(LAUNCHER, Map.of("PATH", bin + ":/usr/bin:/bin")).out())
        .isEqualTo(home.toRealPath().toString());
  }

  @Test
  void theUsualPlacesAreSearchedForExactly25() throws Exception {
    jdk("places/a-17", "17.0.15");
    jdk("places/b-250", "250");
    jdk("places/c-26", "26.0.1");
    Path right = jdk("places/d-25", "25.0.1");

    assertThat(
            printJdk(
                    LAUNCHER,
                    Map.of(
                        "JAVA_HOME",
                        directory.resolve("places/a-17").toString(),
                        "HOLDFAST_JDK_PLACES",
                        places()))
                .out())
        .isEqualTo(right.toString());
  }

  @Test
  void aRunTimeWithoutACompilerIsNoJdk() throws Exception {
    Path home = jdk("places/jre", "25");
    Files.delete(home.resolve("bin/javac"));

    Launched launched =
        printJdk(
            LAUNCHER,
            Map.of(
                "PATH",
                jdk("old", "17").resolve("bin") + ":/usr/bin:/bin",
                "HOLDFAST_JDK_PLACES",
                places()));

    assertThat(launched.code()).isEqualTo(1);
    assertThat(launched.err())
        .isEqualTo("holdfast: needs a JDK 25 and found none: install one, or set JAVA_HOME to it");
  }

  /** Maven's library for colours resets them at its end, whether or not there were any. */
  @Test
  void aBuildLeavesNoEscapeCodes() throws Exception {
    Path tree = Files.createDirectory(directory.resolve("tree"));
    Path launcher = Files.copy(LAUNCHER, tree.resolve("holdfast"));
    Path maven =
        Files.writeString(
            Files.createDirectory(directory.resolve("bin")).resolve("mvn"),
            """
            #!/bin/sh
            case "$MAVEN_OPTS" in *-Djansi.noreset=true*) ;; *) printf '\\033[0m' ;; esac
            exit 1
            """);
    assertThat(maven.toFile().setExecutable(true)).isTrue();

    Launched launched =
        launch(
            launcher,
            "version",
            Map.of(
                "JAVA_HOME",
                jdk("jdk", "25").toString(),
                "PATH",
                maven.getParent() + ":/usr/bin:/bin"));

    assertThat(launched.err())
        .contains("holdfast: the build failed; its messages are above")
        .doesNotContain("\033");
  }

  @Test
  void whatTakesLongAfterABuildIsToldOnce() throws Exception {
    Path tree = Files.createDirectory(directory.resolve("tree"));
    Path launcher = Files.copy(LAUNCHER, tree.resolve("holdfast"));
    Path build = Files.createDirectories(tree.resolve("cli/target/run/1"));
    Files.createFile(build.resolve("built"));
    Files.writeString(build.resolveSibling("current"), "1\n");
    Path home = jdk("jdk", "25");
    // As every role would say it, and a client's answer.
    Files.writeString(
        home.resolve("bin/java"),
        "#!/bin/sh\necho 'ready: supervisor http=127.0.0.1:1 grpc=127.0.0.1:1'\n");
    Map<String, String> environment = Map.of("JAVA_HOME", home.toString());

    assertThat(launch(launcher, "version", environment).err())
        .isEqualTo(
            "holdfast: preparing this build to start faster (once, takes a minute or two)...");
    assertThat(launch(launcher, "version", environment).err()).isEmpty();
  }

  @Test
  void itFindsItsTreeThroughALink() throws Exception {
    Path home = jdk("jdk", "25");
    Path link = Files.createSymbolicLink(directory.resolve("hf"), LAUNCHER);

    assertThat(printJdk(link, Map.of("JAVA_HOME", home.toString())).out())
        .isEqualTo(home.toString());
  }

  @Test
  void whoeverEndsTheLauncherEndsItsBuild() throws Exception {
    Path tree = Files.createDirectory(directory.resolve("tree"));
    Path launcher = Files.copy(LAUNCHER, tree.resolve("holdfast"));
    Path bin = Files.createDirectory(directory.resolve("bin"));
    Path maven = Files.writeString(bin.resolve("mvn"), "#!/bin/sh\necho $$\nexec sleep 600\n");
    assertThat(maven.toFile().setExecutable(true)).isTrue();

    ProcessBuilder builder = new ProcessBuilder("/bin/sh", launcher.toString(), "version");
    builder.environment().put("JAVA_HOME", jdk("jdk", "25").toString());
    builder.environment().put("PATH", bin + ":/usr/bin:/bin");
    Process launched = builder.redirectErrorStream(true).start();
    try (BufferedReader lines = launched.inputReader()) {
      assertThat(lines.readLine()).contains("building");
      ProcessHandle build = ProcessHandle.of(Long.parseLong(lines.readLine())).orElseThrow();
      try {
        launched.destroy();
        assertThat(launched.waitFor()).isEqualTo(1);
        build.onExit().get(30, TimeUnit.SECONDS);
      } finally {
        build.destroyForcibly();
      }
    }
  }
}
