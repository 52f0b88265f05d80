package io.holdfast.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which process of this host holds the other end of a connection. */
final class SocketOwner {

  private SocketOwner() {}

  /**
   * Its command line, words ended by NUL.
   *
   * @param from the port of that end
   * @param to the port of this one
   */
  static String of(int from, int to) throws IOException {
    String socket =
        "socket:["
            + inode(from, to).orElseThrow(() -> new IOException("the connection has ended"))
            + "]";
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes
          .filter(path -> path.getFileName().toString().chars().allMatch(Character::isDigit))
          .filter(process -> holds(process, socket))
          .map(SocketOwner::commandLine)
          .findFirst()
          .orElse("");
    }
  }

  /** JVMs that prefer IPv6 sockets have their IPv4 connections in its table. */
  private static Optional<String> inode(int from, int to) throws IOException {
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      for (String line : Files.readAllLines(Path.of(table))) {
        String[] words = line.strip().split("\\s+", -1);
        if (words[1].endsWith(":%04X".formatted(from))
            && words[2].endsWith(":%04X".formatted(to))) {
          return Optional.of(words[9]);
        }
      }
    }
    return Optional.empty();
  }

  private static boolean holds(Path process, String socket) {
    try (Stream<Path> files = Files.list(process.resolve("fd"))) {
      return files.anyMatch(file -> target(file).equals(socket));
    } catch (IOException e) {
      // It has ended, or is not ours to look at.
      return false;
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "";
    }
  }

  private static String commandLine(Path process) {
    try {
      return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
