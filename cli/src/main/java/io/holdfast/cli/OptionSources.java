package io.holdfast.cli;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Where an option comes from when the command line does not give it: the environment, then the
 * configuration file.
 *
 * <p>Only the roles take all of theirs that way. A client takes {@code --server} and {@code
 * --output}: {@code HOLDFAST_SERVICE}, which every service process has, must not narrow the events
 * it asks for.
 */
final class OptionSources implements IDefaultValueProvider {

  private static final Set<String> ROLES =
      Set.of("demo", "dev", "supervisor", "agent", "gateway", "restore");
  private static final Set<String> OF_CLIENTS = Set.of("--server", "--output");

  private final Map<String, String> environment;
  private final ConfigFile config;

  private OptionSources(Map<String, String> environment, ConfigFile config) {
    this.environment = environment;
    this.config = config;
  }

  static OptionSources of(Map<String, String> environment, String... args) {
    return new OptionSources(environment, ConfigFile.named(environment, args));
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    return argument instanceof OptionSpec option && isTaken(option)
        ? given(option).orElse(null)
        : null;
  }

  private static boolean isTaken(OptionSpec option) {
    return ROLES.contains(option.command().name()) || OF_CLIENTS.contains(option.longestName());
  }

  private Optional<String> given(OptionSpec option) {
    String name = option.longestName().substring("--".length());
    return Optional.ofNullable(environment.get(variable(name)))
        .filter(value -> !value.isBlank())
        .or(() -> ROLES.contains(option.command().name()) ? config.value(name) : Optional.empty());
  }

  private static String variable(String option) {
    return "HOLDFAST_" + option.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
