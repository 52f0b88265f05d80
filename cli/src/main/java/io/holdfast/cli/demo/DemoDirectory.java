package io.holdfast.cli.demo;

import io.holdfast.core.CannotStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A temporary data directory that bears the demo's pid, so that a later demo can tidy up. */
public record DemoDirectory(Path path) implements AutoCloseable {

  private static final String PREFIX = "holdfast-demo-";
  private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d{1,10})-.*");

  public static DemoDirectory make() throws CannotStart {
    try {
      return new DemoDirectory(
          Files.createTempDirectory(PREFIX + ProcessHandle.current().pid() + "-"));
    } catch (IOException e) {
      throw new CannotStart("cannot make a temporary directory: " + e.getMessage(), e);
    }
  }

  /** Those of demos that were killed. */
  static void removeAbandoned() {
    removeAbandoned(Path.of(System.getProperty("java.io.tmpdir")));
  }

  static void removeAbandoned(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      entries.filter(DemoDirectory::isAbandoned).toList().forEach(DemoDirectory::delete);
    } catch (IOException | UncheckedIOException _) {
      // Tidying up after others is a courtesy, no reason not to start.
    }
  }

  private static boolean isAbandoned(Path path) {
    Matcher matcher = NAME.matcher(path.getFileName().toString());
    return matcher.matches() && ProcessHandle.of(Long.parseLong(matcher.group(1))).isEmpty();
  }

  private static void delete(Path tree) {
    try (Stream<Path> paths = Files.walk(tree)) {
      List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException _) {
      // A file that is not ours, or one that appears meanwhile: the next demo tries again.
    }
  }

  @Override
  public void close() {
    delete(path);
  }
}
