package io.holdfast.cli.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;

/**
 * The world a command sees.
 *
 * @param out what was asked for; a write that fails may end the command
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
    return new Terminal(
        System.in,
        Outlet.printingTo(new FileOutputStream(FileDescriptor.out), System.out.charset()),
        System.err,
        System.getenv());
  }
}
