package io.holdfast.core.spec;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is run: exactly the part of a specification whose change restarts instances.
 *
 * @param command argv, without a shell; the program is found by PATH
 * @param directory the working directory; the agent's data directory for the instance when absent
 * @param environment on top of PATH, HOME, USER, LANG and TZ; nothing else is inherited
 * @param user the account to run as; the agent's own when absent
 * @param ports in the order written; PORT is the first
 * @param resources how much of its host an instance may use
 */
public record ProcessSpec(
    List<String> command,
    Optional<String> directory,
    Map<String, String> environment,
    Optional<String> user,
    List<PortSpec> ports,
    Resources resources) {

  private static final int MOST_ARGUMENTS = 1024;
  private static final int MOST_PORTS = 16;

  public ProcessSpec {
    command = List.copyOf(command);
    ports = List.copyOf(ports);
    environment = Collections.unmodifiableMap(new TreeMap<>(environment));
    if (command.isEmpty() || command.getFirst().isBlank()) {
      throw new InvalidSpec("command", "expected a list that begins with the program to run");
    }
    Check.range("command", command.size(), 1, MOST_ARGUMENTS);
    if (command.stream().anyMatch(argument -> argument.indexOf('\0') >= 0)) {
      throw new InvalidSpec("command", "expected arguments without a NUL character");
    }
    directory.ifPresent(value -> Check.notBlank("directory", value));
    user.ifPresent(value -> Check.notBlank("user", value));
    environment.forEach(ProcessSpec::checkVariable);
    Check.range("ports", ports.size(), 0, MOST_PORTS);
    checkPorts(ports);
  }

  public ProcessSpec(
      List<String> command,
      Optional<String> directory,
      Map<String, String> environment,
      Optional<String> user,
      List<PortSpec> ports) {
    this(command, directory, environment, user, ports, Resources.UNLIMITED);
  }

  public static ProcessSpec of(String... command) {
    return new ProcessSpec(
        List.of(command), Optional.empty(), Map.of(), Optional.empty(), List.of());
  }

  /** True when at most one instance fits on a node. */
  public boolean hasFixedPort() {
    return ports.stream().anyMatch(port -> port.number().isPresent());
  }

  public Optional<PortSpec> firstPort() {
    return ports.stream().findFirst();
  }

  public Optional<PortSpec> port(String name) {
    return ports.stream().filter(port -> port.name().equals(name)).findFirst();
  }

  private static void checkVariable(String name, String value) {
    if (name.isBlank() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
      throw new InvalidSpec("environment", "expected names without '=', got '" + name + "'");
    }
    if (value.indexOf('\0') >= 0) {
      throw new InvalidSpec("environment", "expected values without a NUL character");
    }
  }

  private static void checkPorts(List<PortSpec> ports) {
    Set<String> names = new HashSet<>();
    Set<Integer> numbers = new HashSet<>();
    for (PortSpec port : ports) {
      if (!names.add(port.name())) {
        throw new InvalidSpec("ports", "expected each name once, got '" + port.name() + "' twice");
      }
      if (port.number().isPresent() && !numbers.add(port.number().getAsInt())) {
        throw new InvalidSpec(
            "ports", "expected each number once, got " + port.number().getAsInt() + " twice");
      }
    }
  }
}
