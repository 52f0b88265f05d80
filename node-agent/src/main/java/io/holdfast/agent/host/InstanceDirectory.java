package io.holdfast.agent.host;

import com.google.protobuf.InvalidProtocolBufferException;
import io.holdfast.core.InstanceId;
import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.instance.Phase;
import io.holdfast.core.instance.Report;
import io.holdfast.core.instance.StopOrder;
import io.holdfast.protocol.wire.AgentWire;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;

/**
 * The agent's notes on one instance, in a directory of its own; the launch leaves its traces there
 * as well.
 *
 * <p>A note is complete or absent, whenever the agent is killed. None is forced to disk: after a
 * crash of the machine no process is left that a note could matter to.
 */
public final class InstanceDirectory {

  private static final String INTENT = "intent";
  private static final String STOP = "stop";
  private static final String PHASE = "phase";
  private static final String OUTCOME = "outcome";
  private static final String PORT = "port.";
  private static final String REPLACES = "replaces";

  private final Path path;
  private final InstanceId instance;

  InstanceDirectory(Path path, InstanceId instance) {
    this.path = path;
    this.instance = instance;
  }

  public InstanceId instance() {
    return instance;
  }

  public Path path() {
    return path;
  }

  /** What the process has printed. */
  public Path output() {
    return path.resolve("output");
  }

  /** True when its guard has begun to end it. */
  public boolean leaseRanOut() {
    return Files.exists(path.resolve("lease"));
  }

  /** Where the process runs when its specification names no directory. */
  public Path work() {
    return path.resolve("work");
  }

  public void record(Intent intent) throws IOException {
    PropertyText text = new PropertyText();
    text.put("spec", intent.specJson());
    text.put("boot", intent.bootId());
    intent.replaces().ifPresent(epoch -> text.put(REPLACES, Long.toString(epoch)));
    // The order is kept apart: properties have none.
    text.put("ports", String.join(",", intent.ports().keySet()));
    intent.ports().forEach((name, port) -> text.put(PORT + name, port.toString()));
    note(INTENT, CheckedText.of(text.toString()));
  }

  /** Empty when the agent was killed before it had noted any. */
  public Optional<Intent> intent() throws IOException {
    Optional<String> text = noted(INTENT);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    properties.load(new StringReader(CheckedText.read(text.get())));
    return Optional.of(
        new Intent(
            instance,
            properties.getProperty("spec", ""),
            ports(properties),
            properties.getProperty("boot", ""),
            replaces(properties)));
  }

  public void record(StopOrder order) throws IOException {
    note(STOP, order.cause() + "\n" + order.probe());
  }

  public Optional<StopOrder> stop() throws IOException {
    Optional<String[]> parts = noted(STOP).map(text -> text.split("\n", 2));
    if (parts.filter(lines -> lines.length < 2).isPresent()) {
      throw new IOException("the note of its stop is cut off");
    }
    return parts.map(lines -> new StopOrder(ExitCause.valueOf(lines[0]), lines[1]));
  }

  public void record(Phase phase) throws IOException {
    note(PHASE, phase.name());
  }

  /** Whether an agent has seen it run. */
  public boolean hasRun() throws IOException {
    return noted(PHASE).isPresent();
  }

  public Phase phase() throws IOException {
    return noted(PHASE).map(Phase::valueOf).orElse(Phase.STARTING);
  }

  /** Its end, and what took its place, so that a later agent says the same. */
  public void record(Report.Dead end) throws IOException {
    byte[] report = AgentWire.toWire(end).toByteArray();
    Note.replace(path.resolve(OUTCOME), report);
  }

  /** How it ended, if the agent has seen that through. */
  public Optional<Report.Dead> outcome() throws IOException {
    Path file = path.resolve(OUTCOME);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      Report report =
          AgentWire.fromWire(io.holdfast.protocol.agent.Report.parseFrom(Files.readAllBytes(file)));
      return report instanceof Report.Dead dead ? Optional.of(dead) : Optional.empty();
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      throw new IOException("the outcome of " + instance + " cannot be read", e);
    }
  }

  private static OptionalLong replaces(Properties properties) {
    String epoch = properties.getProperty(REPLACES, "");
    return epoch.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(epoch));
  }

  private static Map<String, Integer> ports(Properties properties) {
    Map<String, Integer> ports = new LinkedHashMap<>();
    for (String name : properties.getProperty("ports", "").split(",", -1)) {
      if (!name.isEmpty()) {
        ports.put(name, Integer.valueOf(properties.getProperty(PORT + name, "0")));
      }
    }
    return ports;
  }

  private Optional<String> noted(String name) throws IOException {
    Path file = path.resolve(name);
    return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
  }

  private void note(String name, String text) throws IOException {
    Note.replace(path.resolve(name), text.getBytes(StandardCharsets.UTF_8));
  }
}
