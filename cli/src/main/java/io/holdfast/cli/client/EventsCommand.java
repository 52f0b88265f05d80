package io.holdfast.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.holdfast.cli.console.CommandFailed;
import io.holdfast.cli.console.Terminal;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holdfast events}. */
@Command(
    name = "events",
    description = "Prints what happened, in its one order.",
    mixinStandardHelpOptions = true)
public final class EventsCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Option(
      names = {"-f", "--follow"},
      description = "Goes on with what happens from now.")
  private boolean follow;

  @Option(
      names = "--service",
      paramLabel = "S",
      converter = SlotRef.ServiceConverter.class,
      description = "Only what concerns this service.")
  private Optional<SlotRef> service = Optional.empty();

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      description = "Only what happened within it, such as 10m; a point in time will do too.")
  private Optional<String> since = Optional.empty();

  @Mixin private final ServerOption server = new ServerOption();
  @Mixin private final Output output = new Output();

  public EventsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (AdminClient client = server.client()) {
      if (follow) {
        follow(EventStream.of(client, path()));
      } else {
        ArrayNode events = client.list(path());
        events.forEach(this::print);
        service.filter(_ -> events.isEmpty()).ifPresent(this::sayThatThereIsNone);
      }
    }
    return 0;
  }

  /** It may be that nothing has happened, or that the name is wrong. */
  private void sayThatThereIsNone(SlotRef name) {
    terminal
        .err()
        .println(
            "nothing is on record of "
                + name
                + since.map(text -> " since " + text).orElse("")
                + "; 'holdfast get services' names them all");
  }

  /** A supervisor that restarts ends the stream; the next one resumes behind the last event. */
  private void follow(EventStream events) {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        events.read(this::print);
      } catch (IOException e) {
        terminal.err().println("the connection to the supervisor broke; connecting again");
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(500);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailed("interrupted", e);
    }
  }

  private void print(JsonNode event) {
    output.printItem(terminal, event, () -> EventLine.of(event));
  }

  private String path() {
    List<String> parts = new ArrayList<>();
    service.ifPresent(name -> parts.add("service=" + name));
    since.ifPresent(text -> parts.add("since=" + URLEncoder.encode(text, StandardCharsets.UTF_8)));
    return parts.isEmpty() ? "/v1/events" : "/v1/events?" + String.join("&", parts);
  }
}
