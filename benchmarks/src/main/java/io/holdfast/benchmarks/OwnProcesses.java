package io.holdfast.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The processes that were launched for a run, known by the data directory in their environment. */
record OwnProcesses(Path data, Predicate<String> isService) {

  private record Seen(long pid, Set<String> variables, String command) {}

  /** The slot of each service, neither of a shim nor of what a service has started itself. */
  List<String> slots() throws IOException {
    List<String> slots = new ArrayList<>();
    for (Seen process : all()) {
      if (isService.test(process.command())) {
        slots.add(value(process, "HOLDFAST_SERVICE") + "/" + value(process, "HOLDFAST_SLOT"));
      }
    }
    return slots;
  }

  /** As they are now. */
  List<ProcessHandle> handles() throws IOException {
    return all().stream().flatMap(process -> ProcessHandle.of(process.pid()).stream()).toList();
  }

  /** Kills all there is, whatever the run has come to; returns how many there were. */
  int end() throws IOException {
    int ended = 0;
    for (List<Seen> left = all(); !left.isEmpty(); left = all()) {
      left.forEach(
          process -> ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly));
      ended += left.size();
    }
    return ended;
  }

  private List<Seen> all() throws IOException {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes
          .filter(path -> path.getFileName().toString().chars().allMatch(Character::isDigit))
          .flatMap(OwnProcesses::seen)
          .filter(seen -> value(seen, "HOLDFAST_RECORD").startsWith(data + "/"))
          .toList();
    }
  }

  private static Stream<Seen> seen(Path process) {
    try {
      return Stream.of(
          new Seen(
              Long.parseLong(process.getFileName().toString()),
              new HashSet<>(List.of(read(process, "environ").split("\0", -1))),
              read(process, "cmdline")));
    } catch (IOException e) {
      // It has ended, or is not ours to look at.
      return Stream.empty();
    }
  }

  private static String read(Path process, String file) throws IOException {
    return Files.readString(process.resolve(file), StandardCharsets.ISO_8859_1);
  }

  private static String value(Seen process, String name) {
    return process.variables().stream()
        .filter(variable -> variable.startsWith(name + "="))
        .map(variable -> variable.substring(name.length() + 1))
        .findFirst()
        .orElse("?");
  }
}
