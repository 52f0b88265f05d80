package io.holdfast.protocol.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.core.spec.PortSpec;
import io.holdfast.core.spec.ProcessSpec;

/** Writes what is run. */
final class ProcessTree {

  private ProcessTree() {}

  static void write(ProcessSpec process, ObjectNode into) {
    process.command().forEach(into.putArray("command")::add);
    process.directory().ifPresent(directory -> into.put("directory", directory));
    if (!process.environment().isEmpty()) {
      process.environment().forEach(into.putObject("environment")::put);
    }
    process.user().ifPresent(user -> into.put("user", user));
    if (!process.ports().isEmpty()) {
      ObjectNode ports = into.putObject("ports");
      process.ports().forEach(port -> write(port, ports));
    }
    ResourcesText.write(process.resources(), into);
  }

  private static void write(PortSpec port, ObjectNode into) {
    port.number()
        .ifPresentOrElse(
            number -> into.put(port.name(), number), () -> into.put(port.name(), "auto"));
  }
}
