package io.holdfast.agent.host;

import io.holdfast.core.InstanceId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What is written down before an instance is launched.
 *
 * @param specJson the specification, as SpecWriter writes it
 * @param ports by name, in the specification's order
 * @param bootId of the machine, without which a recorded pid means nothing
 * @param replaces the epoch whose end the agent has answered with this launch, unasked
 */
public record Intent(
    InstanceId instance,
    String specJson,
    Map<String, Integer> ports,
    String bootId,
    OptionalLong replaces) {

  public Intent {
    ports = Collections.unmodifiableMap(new LinkedHashMap<>(ports));
  }
}
