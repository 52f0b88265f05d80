package io.holdfast.client;

import static io.holdfast.client.fixture.Views.view;
import static io.holdfast.client.fixture.Views.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.fixture.FakeHub;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an application takes in with the client, shown by the example in a process of its own. */
final class ClassPathTest {

  private static final List<String> FOR_TESTS_ALONE =
      List.of(
          "junit",
          "opentest4j",
          "apiguardian",
          "assertj",
          "byte-buddy",
          "logback",
          "surefire",
          "-tests.jar");

  private static final List<String> NOT_FOR_CLIENTS =
      List.of(
          "akka/",
          "scala/",
          "io/netty/",
          "io/prometheus/",
          "com/fasterxml/",
          "org/yaml/",
          "io/holdfast/supervisor/",
          "io/holdfast/agent/",
          "io/holdfast/balancer/",
          "io/holdfast/cli/");

  @TempDir Path temp;

  @Test
  void theExampleNeedsNothingOfTheRestOfHoldfast() throws Exception {
    List<Path> needed = needed();

    assertThat(needed.stream().flatMap(ClassPathTest::classes))
        .contains("io/holdfast/client/LoadBalancer.class");
    assertThat(needed).noneMatch(ClassPathTest::isNotForClients);

    try (Instance one = Instance.saying("one");
        FakeHub hub = FakeHub.serving(view(1, web(one.endpoint(0))))) {
      List<Path> path = new ArrayList<>(needed);
      path.add(exampleAlone());
      String said = run(path, "127.0.0.1:" + hub.address().getPort(), "web", "1");

      assertThat(said).contains("web/0#1 ").endsWith("failed 0\n");
    }
  }

  private static List<Path> needed() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> FOR_TESTS_ALONE.stream().noneMatch(entry::contains))
        .filter(entry -> !entry.endsWith("test-classes"))
        .map(Path::of)
        .toList();
  }

  private static boolean isNotForClients(Path entry) {
    return classes(entry).anyMatch(name -> NOT_FOR_CLIENTS.stream().anyMatch(name::startsWith));
  }

  /** It is compiled among the tests. */
  private Path exampleAlone() throws Exception {
    Path here =
        Path.of(ClassPathTest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path to = Files.createDirectories(temp.resolve("io/holdfast/example"));
    try (Stream<Path> files = Files.list(here.resolve("io/holdfast/example"))) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    return temp;
  }

  private static String run(List<Path> path, String... words) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(String.join(File.pathSeparator, path.stream().map(Path::toString).toList()));
    command.add("io.holdfast.example.Example");
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try {
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static Stream<String> classes(Path entry) {
    TreeSet<String> names = new TreeSet<>();
    try {
      if (Files.isDirectory(entry)) {
        try (Stream<Path> files = Files.walk(entry, FileVisitOption.FOLLOW_LINKS)) {
          files.map(file -> entry.relativize(file).toString()).forEach(names::add);
        }
      } else if (Files.exists(entry)) {
        try (JarFile jar = new JarFile(entry.toFile())) {
          jar.stream().forEach(one -> names.add(one.getName()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return names.stream();
  }
}
