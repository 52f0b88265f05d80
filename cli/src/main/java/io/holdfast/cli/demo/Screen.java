package io.holdfast.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Where the demo shows what happens. */
sealed interface Screen permits PlainScreen, LiveScreen {

  /** What to know and to try, shown once. */
  void welcome(List<String> lines);

  void injected(int number, String what);

  void ended(Fault fault);

  /** How things stand, a few times a second. */
  void now(JsonNode services, long sent, long failed);

  /** The end of the show: what follows is printed below it. */
  void finish();
}
