package io.holdfast.agent.probe;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The instance that is asked.
 *
 * @param address where its ports are reached
 * @param environment directory and user: those of the service itself, for commands
 * @param expansion of {@code ${NAME}} in commands
 */
public record ProbeTarget(
    String address,
    Map<String, Integer> ports,
    Map<String, String> environment,
    Path directory,
    Optional<String> user,
    UnaryOperator<List<String>> expansion) {}
