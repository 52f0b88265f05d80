package io.holdfast.cli.console;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;

/**
 * The world a command sees.
 *
 * @param out what was asked for
 * @param err why it could not be had
 * @param environment of the process
 */
public record Terminal(
    InputStream in, PrintStream out, PrintStream err, Map<String, String> environment) {

  public Terminal {
    environment = Map.copyOf(environment);
  }

  /** Of this process. */
  public static Terminal ofProcess() {
    return new Terminal(System.in, System.out, System.err, System.getenv());
  }
}
