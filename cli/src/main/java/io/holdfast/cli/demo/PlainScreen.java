package io.holdfast.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.List;

/** A line for each thing that happens. */
record PlainScreen(PrintStream out) implements Screen {

  @Override
  public void welcome(List<String> lines) {
    lines.forEach(out::println);
  }

  @Override
  public void injected(int number, String what) {
    out.println("fault " + number + ": " + what);
  }

  @Override
  public void ended(Fault fault) {
    out.println("fault " + fault.number() + ": " + FaultText.outcome(fault));
  }

  @Override
  public void now(JsonNode services, long sent, long failed) {
    // Lines are for what changes.
  }

  @Override
  public void finish() {
    out.println();
  }
}
