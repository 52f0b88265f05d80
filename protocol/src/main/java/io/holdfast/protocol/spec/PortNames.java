package io.holdfast.protocol.spec;

import io.holdfast.core.spec.ProcessSpec;
import java.util.List;
import java.util.Optional;

/**
 * The ports that a probe can name.
 *
 * @param written in the order written, those with a wrong number included
 */
record PortNames(List<String> written, ProcessSpec process) {

  static PortNames of(Section document, ProcessSpec process) {
    List<String> written = document.section("ports").map(Section::keys).orElse(List.of());
    return new PortNames(written, process);
  }

  Optional<String> first() {
    return written.stream().findFirst();
  }

  boolean isWritten(String name) {
    return written.contains(name);
  }

  /** False for a port whose number was refused; what needs it cannot be built then. */
  boolean isUsable(String name) {
    return process.port(name).isPresent();
  }
}
