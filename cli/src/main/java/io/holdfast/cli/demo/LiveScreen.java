package io.holdfast.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.cli.client.Tables;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A screen that is drawn over itself: services, load, and the last faults. */
final class LiveScreen implements Screen {

  private static final String HOME_AND_CLEAR = "\033[H\033[2J";
  private static final String HIDE_CURSOR = "\033[?25l";
  private static final String SHOW_CURSOR = "\033[?25h";
  private static final int SHOWN = 10;

  private final PrintStream out;
  private final Deque<String> recent = new ArrayDeque<>();
  private List<String> welcome = List.of();

  LiveScreen(PrintStream out) {
    this.out = out;
  }

  static boolean isPossible() {
    return Optional.ofNullable(System.console())
        .filter(java.io.Console::isTerminal)
        .filter(_ -> !"dumb".equals(System.getenv("TERM")))
        .isPresent();
  }

  @Override
  public synchronized void welcome(List<String> lines) {
    welcome = List.copyOf(lines);
    out.print(HIDE_CURSOR);
  }

  @Override
  public synchronized void injected(int number, String what) {
    remember("fault " + number + ": " + what + " ...");
  }

  @Override
  public synchronized void ended(Fault fault) {
    recent.pollLast();
    remember("fault " + fault.number() + ": " + fault.what() + "  " + FaultText.outcome(fault));
  }

  private void remember(String line) {
    recent.addLast(line);
    if (recent.size() > SHOWN) {
      recent.removeFirst();
    }
  }

  @Override
  public synchronized void now(JsonNode services, long sent, long failed) {
    StringBuilder page = new StringBuilder(HOME_AND_CLEAR);
    welcome.forEach(line -> page.append(line).append('\n'));
    page.append('\n').append(Tables.services(services));
    page.append("\nrequests ").append(sent).append(", failed ").append(failed).append("\n\n");
    recent.forEach(line -> page.append(line).append('\n'));
    out.print(page);
    out.flush();
  }

  @Override
  public synchronized void finish() {
    out.println(SHOW_CURSOR);
    out.flush();
  }
}
