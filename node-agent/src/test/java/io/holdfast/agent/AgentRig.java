package io.holdfast.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** For each test: a supervisor that does as it is told, and an agent that has its first lease. */
final class AgentRig implements BeforeEachCallback, AfterEachCallback {

  private final FakeSupervisor supervisor;
  private final Path data;
  private Optional<Agent> agent = Optional.empty();

  private AgentRig(FakeSupervisor supervisor, Path data) {
    this.supervisor = supervisor;
    this.data = data;
  }

  static AgentRig open() {
    try {
      return new AgentRig(FakeSupervisor.start(), Files.createTempDirectory("agent"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  FakeSupervisor supervisor() {
    return supervisor;
  }

  /** The data directory of the agent. */
  Path data() {
    return data;
  }

  Agent agent() {
    return agent.orElseThrow();
  }

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    agent = Optional.of(AgentFixture.started(data, supervisor));
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    agent.ifPresent(AgentFixture::end);
    supervisor.close();
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
