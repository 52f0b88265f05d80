package io.holdfast.protocol.spec;

import io.holdfast.core.spec.InvalidSpec;
import io.holdfast.core.spec.PortSpec;
import io.holdfast.core.spec.ProcessSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads what is run: command, directory, environment, user, ports and resources. */
final class ProcessReader {

  /** Takes the place of a process that cannot be built; never leaves the reader. */
  static final ProcessSpec STAND_IN = ProcessSpec.of("true");

  private static final String AUTO = "auto";

  private final Section document;

  ProcessReader(Section document) {
    this.document = document;
  }

  ProcessSpec read() {
    return document.attempt(
        STAND_IN,
        () ->
            new ProcessSpec(
                command(),
                document.text("directory"),
                environment(),
                document.text("user"),
                ports(),
                ResourcesText.read(document)));
  }

  private List<String> command() {
    if (!document.has("command")) {
      document.refuse(
          "command", "expected a list that begins with the program to run, it is missing");
    }
    return document.texts("command").orElse(STAND_IN.command());
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    document
        .section("environment")
        .ifPresent(
            section -> section.keys().forEach(name -> readVariable(section, name, environment)));
    return environment;
  }

  private static void readVariable(Section section, String name, Map<String, String> into) {
    section
        .value(name, "expected text", Scalars::text)
        .ifPresent(value -> checkVariable(section, name, value).ifPresent(v -> into.put(name, v)));
  }

  /** Each on its own, so that every wrong one is found. */
  private static Optional<String> checkVariable(Section section, String name, String value) {
    try {
      return Optional.ofNullable(
          new ProcessSpec(
                  STAND_IN.command(),
                  Optional.empty(),
                  Map.of(name, value),
                  Optional.empty(),
                  List.of())
              .environment()
              .get(name));
    } catch (InvalidSpec e) {
      section.refuse(name, e.expectation());
      return Optional.empty();
    }
  }

  private List<PortSpec> ports() {
    List<PortSpec> ports = new ArrayList<>();
    document
        .section("ports")
        .ifPresent(
            section ->
                section.keys().forEach(name -> readPort(section, name).ifPresent(ports::add)));
    return ports;
  }

  private static Optional<PortSpec> readPort(Section section, String name) {
    try {
      return section
          .value(name, "expected auto or a port number", ProcessReader::number)
          .map(number -> new PortSpec(name, number));
    } catch (InvalidSpec e) {
      section.refuse(name, e.expectation());
      return Optional.empty();
    }
  }

  private static Optional<OptionalInt> number(SpecNode node) {
    return Scalars.text(node).filter(AUTO::equals).isPresent()
        ? Optional.of(OptionalInt.empty())
        : Scalars.whole(node).map(OptionalInt::of);
  }
}
