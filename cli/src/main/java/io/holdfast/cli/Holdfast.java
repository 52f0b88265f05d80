package io.holdfast.cli;

import io.holdfast.cli.client.ApplyCommand;
import io.holdfast.cli.client.BackupCommand;
import io.holdfast.cli.client.DeleteCommand;
import io.holdfast.cli.client.DescribeCommand;
import io.holdfast.cli.client.DrainCommand;
import io.holdfast.cli.client.EventsCommand;
import io.holdfast.cli.client.GetCommand;
import io.holdfast.cli.client.LogsCommand;
import io.holdfast.cli.client.PlanCommand;
import io.holdfast.cli.client.RestartCommand;
import io.holdfast.cli.client.RollbackCommand;
import io.holdfast.cli.client.ScaleCommand;
import io.holdfast.cli.client.UndrainCommand;
import io.holdfast.cli.client.WhyCommand;
import io.holdfast.cli.client.WhyNotCommand;
import io.holdfast.cli.console.CommandFailed;
import io.holdfast.cli.console.OutputLost;
import io.holdfast.cli.console.Terminal;
import io.holdfast.cli.demo.DemoCommand;
import io.holdfast.cli.role.AgentCommand;
import io.holdfast.cli.role.DevCommand;
import io.holdfast.cli.role.GatewayCommand;
import io.holdfast.cli.role.RestoreCommand;
import io.holdfast.cli.role.SupervisorCommand;
import io.holdfast.core.CannotStart;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line.
 *
 * <p>Exit codes: 0 done, 1 refused or failed with one clear line on the error output, 2 bad usage.
 */
@Command(
    name = "holdfast",
    description = "Keeps processes alive across hosts, and clients pointed at those that work.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      DemoCommand.class,
      DevCommand.class,
      SupervisorCommand.class,
      AgentCommand.class,
      GatewayCommand.class,
      ApplyCommand.class,
      PlanCommand.class,
      GetCommand.class,
      DescribeCommand.class,
      WhyCommand.class,
      WhyNotCommand.class,
      LogsCommand.class,
      EventsCommand.class,
      RestartCommand.class,
      RollbackCommand.class,
      ScaleCommand.class,
      DeleteCommand.class,
      DrainCommand.class,
      UndrainCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      VersionCommand.class,
      RehearseCommand.class
    })
public final class Holdfast {

  public static void main(String[] args) {
    System.exit(run(Terminal.ofProcess(), args));
  }

  /** The exit code. */
  public static int run(Terminal terminal, String... args) {
    try {
      return commandLine(terminal, args).execute(args);
    } catch (CommandFailed failed) {
      terminal.err().println("holdfast: " + failed.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    } catch (OutputLost lost) {
      return failed(terminal, lost);
    }
  }

  private static CommandLine commandLine(Terminal terminal, String... args) {
    CommandLine line = new CommandLine(Holdfast.class, new CommandFactory(terminal));
    line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setDefaultValueProvider(OptionSources.of(terminal.environment(), args));
    line.setParameterExceptionHandler((e, _) -> badUsage(terminal, e));
    line.setExecutionExceptionHandler((e, _, _) -> failed(terminal, e));
    return line;
  }

  private static int badUsage(Terminal terminal, ParameterException e) {
    CommandLine command = e.getCommandLine();
    terminal.err().println("holdfast: " + sentence(e));
    terminal.err().print("usage: " + command.getHelp().synopsis("usage: ".length()));
    return CommandLine.ExitCode.USAGE;
  }

  private static String sentence(ParameterException e) {
    return e instanceof UnmatchedArgumentException unmatched
            && e.getCommandLine().getParent() == null
            && !unmatched.isUnknownOption()
        ? "there is no command '"
            + unmatched.getUnmatched().getFirst()
            + "'; holdfast --help lists them"
        : Objects.requireNonNullElse(e.getMessage(), "bad usage");
  }

  private static int failed(Terminal terminal, Exception e) {
    sentence(e).ifPresent(terminal.err()::println);
    if (terminal.environment().containsKey("HOLDFAST_DEBUG")) {
      e.printStackTrace(terminal.err());
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static Optional<String> sentence(Exception e) {
    return switch (e) {
      case CommandFailed known -> Optional.of(known.getMessage());
      case CannotStart known -> Optional.of("holdfast: " + known.getMessage());
      case OutputLost lost -> lost.sentence().map(sentence -> "holdfast: " + sentence);
      default -> Optional.of("holdfast: failed unexpectedly (HOLDFAST_DEBUG=1 shows where): " + e);
    };
  }
}
