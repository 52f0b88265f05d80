package io.holdfast.cli.role;

import io.holdfast.agent.process.Successor;
import io.holdfast.cli.console.Terminal;
import io.holdfast.core.CannotStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The planned upgrade of an agent: on USR1 it lets go of its services and becomes the newest build
 * of itself, as the same process. Where the launcher is not to be found it says so and goes on.
 */
final class Renewal {

  /** Set by the launcher, to itself. */
  private static final String LAUNCHER = "HOLDFAST_LAUNCHER";

  private final Terminal terminal;
  private final List<String> words;
  private final AtomicBoolean asked = new AtomicBoolean();
  private volatile Optional<String> refusal = Optional.empty();

  private Renewal(Terminal terminal, List<String> words) {
    this.terminal = terminal;
    this.words = words;
  }

  /**
   * Asks for the end of what runs now when the signal comes.
   *
   * @param words the command line, without the program
   */
  static Renewal onSignal(Terminal terminal, List<String> words, Termination termination) {
    Renewal renewal = new Renewal(terminal, words);
    OsSignal.handle("USR1", () -> renewal.request(termination));
    return renewal;
  }

  /** Whoever asks is told why it goes on. */
  void refuse(String why) {
    refusal = Optional.of(why);
  }

  private void request(Termination termination) {
    Optional<String> obstacle =
        launcher().isEmpty() ? Optional.of("there is no launcher to begin anew with") : refusal;
    if (obstacle.isPresent()) {
      terminal.err().println("holdfast: " + obstacle.get() + ", so it goes on");
    } else if (!termination.isRequested() && asked.compareAndSet(false, true)) {
      termination.request();
    }
  }

  /** Begins anew if that was asked for; to be called when nothing runs any more. */
  void carryOut() throws CannotStart {
    Optional<Path> launcher = launcher();
    if (!asked.get() || launcher.isEmpty()) {
      return;
    }
    List<String> arguments = new ArrayList<>(words);
    arguments.addFirst(launcher.get().toString());
    try {
      new Successor(launcher.get(), arguments, Map.of()).become();
    } catch (IOException e) {
      throw new CannotStart("The agent cannot begin anew: " + e.getMessage(), e);
    }
  }

  private Optional<Path> launcher() {
    return Optional.ofNullable(terminal.environment().get(LAUNCHER))
        .map(Path::of)
        .filter(Files::isExecutable);
  }
}
