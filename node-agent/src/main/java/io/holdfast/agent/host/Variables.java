package io.holdfast.agent.host;

import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.spec.ProcessSpec;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The environment of one instance, and what its command reads with {@code ${NAME}} expanded.
 *
 * <p>Few variables come from the agent; on top of them stand the ports, then what the specification
 * says, then who the instance is, which nobody can override. A name that is not set stays as it is
 * written, so that scripts can use their own; {@code $${NAME}} is never expanded.
 */
public final class Variables {

  private static final List<String> INHERITED = List.of("PATH", "HOME", "USER", "LANG", "TZ");
  private static final Pattern REFERENCE =
      Pattern.compile("(\\$?)\\$\\{([A-Za-z_][A-Za-z0-9_]*)\\}");

  private final Map<String, String> written;
  private final Map<String, String> facts;
  private final Map<String, String> environment = new TreeMap<>();

  private Variables(Map<String, String> written, Map<String, String> facts) {
    this.written = written;
    this.facts = facts;
  }

  /**
   * The variables of one launch.
   *
   * @param own the agent's environment
   * @param ports by name
   */
  public static Variables of(
      Map<String, String> own,
      ProcessSpec process,
      Map<String, Integer> ports,
      InstanceId instance,
      NodeId node) {
    Map<String, String> facts = new TreeMap<>();
    own.forEach(
        (name, value) -> {
          if (INHERITED.contains(name)) {
            facts.put(name, value);
          }
        });
    process.ports().forEach(port -> facts.put(port.variable(), text(ports, port.name())));
    process.firstPort().ifPresent(port -> facts.put("PORT", text(ports, port.name())));
    Variables variables = new Variables(process.environment(), facts);
    variables.environment.putAll(facts);
    process.environment().keySet().forEach(variables::expandWritten);
    variables.identify(instance, node);
    return variables;
  }

  public Map<String, String> environment() {
    return Collections.unmodifiableMap(environment);
  }

  public List<String> expand(List<String> command) {
    return command.stream().map(this::expand).toList();
  }

  public String expand(String text) {
    return REFERENCE
        .matcher(text)
        .replaceAll(match -> value(match, Optional.ofNullable(environment.get(match.group(2)))));
  }

  private void identify(InstanceId instance, NodeId node) {
    environment.put("HOLDFAST_SERVICE", instance.service().value());
    environment.put("HOLDFAST_SLOT", Integer.toString(instance.slot()));
    environment.put("HOLDFAST_EPOCH", Long.toString(instance.epoch()));
    environment.put("HOLDFAST_NODE_ID", node.value());
  }

  private void expandWritten(String name) {
    environment.put(name, written(name, new ArrayDeque<>()));
  }

  /** A value may name others; one that names itself means what it was before: PATH: a:${PATH}. */
  private String written(String name, Deque<String> within) {
    within.push(name);
    String value =
        REFERENCE
            .matcher(written.getOrDefault(name, ""))
            .replaceAll(match -> value(match, lookUp(match.group(2), within)));
    within.pop();
    return value;
  }

  private Optional<String> lookUp(String name, Deque<String> within) {
    return written.containsKey(name) && !within.contains(name)
        ? Optional.of(written(name, within))
        : Optional.ofNullable(facts.get(name));
  }

  private static String value(MatchResult match, Optional<String> value) {
    boolean escaped = !match.group(1).isEmpty();
    String replacement = escaped ? match.group().substring(1) : value.orElseGet(match::group);
    return Matcher.quoteReplacement(replacement);
  }

  private static String text(Map<String, Integer> ports, String name) {
    return Optional.ofNullable(ports.get(name)).map(String::valueOf).orElse("");
  }
}
