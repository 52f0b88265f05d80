package io.holdfast.cli.role;

import io.holdfast.agent.Agent;
import io.holdfast.agent.AgentSettings;
import io.holdfast.agent.PortRange;
import io.holdfast.agent.log.LogLimits;
import io.holdfast.cli.console.Terminal;
import io.holdfast.core.CannotStart;
import io.holdfast.core.NodeId;
import io.holdfast.protocol.security.SupervisorChannels;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code holdfast agent}: the agent of this host. Services go on when it ends. */
@Command(
    name = "agent",
    description = "Runs services on this host.",
    mixinStandardHelpOptions = true)
public final class AgentCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Spec private CommandSpec command = CommandSpec.create();

  @Mixin private final CommonOptions common = new CommonOptions();
  @Mixin private final SupervisorsOption supervisors = new SupervisorsOption();
  @Mixin private final AccessOptions access = new AccessOptions();

  @Option(
      names = "--node",
      paramLabel = "ID",
      converter = NodeIdText.class,
      description = "This host's name to Holdfast. Default: its host name")
  private Optional<NodeId> node = Optional.empty();

  @Option(
      names = "--address",
      paramLabel = "ADDR",
      description = "Where its instances are reached. Default: as the supervisor sees this host")
  private Optional<String> address = Optional.empty();

  @Option(names = "--zone", paramLabel = "Z", description = "Its failure domain.")
  private String zone = "";

  @Option(
      names = "--label",
      paramLabel = "K=V",
      split = ",",
      converter = LabelName.class,
      description = "What services can ask for; may be given more than once.")
  private Map<String, String> labels = Map.of();

  @Option(
      names = "--portable",
      description = "Do without native calls even where this host has them.")
  private boolean portable;

  public AgentCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CannotStart, InterruptedException {
    Termination termination = Termination.ofProcess();
    Renewal renewal = Renewal.onSignal(terminal, words(), termination);
    try (Agent agent = Agent.start(settings())) {
      if (agent.isPortable()) {
        renewal.refuse("an agent that launches by portable means cannot begin anew");
      }
      if (Serving.await(agent.ready(), termination)) {
        ReadyLine.of("agent").print(terminal);
      }
      termination.await();
    }
    renewal.carryOut();
    return 0;
  }

  private List<String> words() {
    return command.root().commandLine().getParseResult().originalArgs();
  }

  private AgentSettings settings() throws CannotStart {
    return new AgentSettings(
        SupervisorChannels.of(access.access()),
        supervisors.addresses(),
        node.orElseGet(LocalNode::id),
        address,
        zone,
        labels,
        common.data("agent").agent(),
        PortRange.DEFAULT,
        LogLimits.DEFAULT,
        portable,
        false);
  }

  /** For picocli, which reads the values as they are. */
  static final class LabelName implements ITypeConverter<String> {
    @Override
    public String convert(String name) {
      if (name.isBlank()) {
        throw new TypeConversionException("expected a name before the =, got '" + name + "'");
      }
      return name;
    }
  }

  /** For picocli. */
  static final class NodeIdText implements ITypeConverter<NodeId> {
    @Override
    public NodeId convert(String value) {
      try {
        return new NodeId(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage() + ", got '" + value + "'");
      }
    }
  }
}
