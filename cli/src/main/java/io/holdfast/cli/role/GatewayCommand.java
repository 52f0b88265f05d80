package io.holdfast.cli.role;

import io.holdfast.balancer.gateway.Gateway;
import io.holdfast.balancer.gateway.GatewaySettings;
import io.holdfast.cli.console.Terminal;
import io.holdfast.core.CannotStart;
import io.holdfast.protocol.security.SupervisorChannels;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holdfast gateway}: sends requests to the instances that work. */
@Command(
    name = "gateway",
    description = "Runs a load-balancing gateway.",
    mixinStandardHelpOptions = true)
public final class GatewayCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private final CommonOptions common = new CommonOptions();
  @Mixin private final SupervisorsOption supervisors = new SupervisorsOption();
  @Mixin private final GatewayListener listener = new GatewayListener();
  @Mixin private final AccessOptions access = new AccessOptions();
  @Mixin private final FrontOption front = new FrontOption();

  @Option(
      names = "--http",
      paramLabel = "ADDR:PORT",
      defaultValue = "127.0.0.1:7403",
      converter = SocketAddressText.class,
      description = "Its own metrics and health. Default: ${DEFAULT-VALUE}")
  private InetSocketAddress http = new InetSocketAddress(InetAddress.getLoopbackAddress(), 7403);

  @Option(
      names = "--zone",
      paramLabel = "Z",
      description = "Instances on nodes of this zone are preferred, as far as they can bear it.")
  private String zone = "";

  public GatewayCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CannotStart, InterruptedException {
    Termination termination = Termination.ofProcess();
    try (Gateway gateway = Gateway.start(settings())) {
      if (Serving.await(gateway.ready(), termination)) {
        readyLine(gateway).print(terminal);
      }
      termination.await();
    }
    return 0;
  }

  private static ReadyLine readyLine(Gateway gateway) {
    ReadyLine line = ReadyLine.of("gateway").gateway(gateway.address());
    return gateway.httpAddress().map(line::http).orElse(line);
  }

  private GatewaySettings settings() throws CannotStart {
    return new GatewaySettings(
        SupervisorChannels.of(access.withFront()),
        supervisors.addresses(),
        listener.listen(),
        Optional.of(http),
        zone,
        common.data("gateway").gateway(),
        front.files(access));
  }
}
