package io.holdfast.cli.client;

import io.holdfast.cli.console.CommandFailed;
import io.holdfast.cli.console.Terminal;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What {@code -f} names: files, directories of them, or the standard input. */
public final class SpecFiles {

  private static final String STDIN = "-";

  private SpecFiles() {}

  /** Reads all of them, a directory's files in the order of their names. */
  public static SpecText read(Terminal terminal, List<String> names) {
    SpecText text = SpecText.NOTHING;
    for (String name : names) {
      if (name.equals(STDIN)) {
        text = text.and("standard input", standardInput(terminal));
      } else {
        for (Path file : files(Path.of(name))) {
          text = text.and(file.toString(), read(file));
        }
      }
    }
    return text;
  }

  private static List<Path> files(Path path) {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> entries = Files.list(path)) {
      List<Path> found = entries.filter(SpecFiles::isSpec).sorted().toList();
      if (found.isEmpty()) {
        throw new CommandFailed(path + " holds no *.yaml, *.yml or *.json file");
      }
      return new ArrayList<>(found);
    } catch (IOException e) {
      throw new CommandFailed("cannot read the directory " + path, e);
    }
  }

  private static boolean isSpec(Path file) {
    String name = file.getFileName().toString();
    return Files.isRegularFile(file)
        && (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json"));
  }

  private static String read(Path file) {
    try {
      String text = Files.readString(file);
      // YAML forbids tabs where JSON allows them; inside JSON's strings there are none.
      return file.toString().endsWith(".json") ? text.replace('\t', ' ') : text;
    } catch (MalformedInputException e) {
      throw new CommandFailed(file + " is not UTF-8 text", e);
    } catch (IOException e) {
      throw new CommandFailed(
          "cannot read " + file + (Files.exists(file) ? "" : ": no such file"), e);
    }
  }

  private static String standardInput(Terminal terminal) {
    try {
      return new String(terminal.in().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new CommandFailed("cannot read the standard input", e);
    }
  }
}
