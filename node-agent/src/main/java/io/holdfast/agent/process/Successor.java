package io.holdfast.agent.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The program that this process becomes by exec. The pid stays, and with it every child, so that
 * after a planned upgrade the agent is still the parent of what it has launched.
 *
 * @param program an executable file
 * @param arguments from argv[0] on
 * @param environment in addition to what this process has
 */
public record Successor(Path program, List<String> arguments, Map<String, String> environment) {

  private static final long CLOSE_RANGE_NUMBER = 436;
  private static final long FIRST = 3;
  private static final long LAST = Integer.MAX_VALUE;
  private static final long CLOSE_ON_EXEC = 4;

  private static final int USER_SIGNAL = 10;
  private static final long IGNORE = 1;

  private static final NativeCall SIGNAL = NativeCall.of("signal", JAVA_LONG, JAVA_INT, JAVA_LONG);
  private static final int OVERWRITE = 1;
  private static final NativeCall SETENV =
      NativeCall.of("setenv", JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
  private static final NativeCall EXECV = NativeCall.of("execv", JAVA_INT, ADDRESS, ADDRESS);
  private static final NativeCall CLOSE_RANGE =
      NativeCall.variadic(1, "syscall", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

  public Successor {
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }

  /**
   * Does not return where it succeeds: this program ends on the spot, without its shutdown hooks.
   */
  public void become() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      // One more of the signal that asked for this would end the next program before it listens.
      SIGNAL.call(USER_SIGNAL, IGNORE);
      // A kernel too old for this keeps open what Java has not marked itself, which harms nobody.
      CLOSE_RANGE.call(CLOSE_RANGE_NUMBER, FIRST, LAST, CLOSE_ON_EXEC);
      for (Map.Entry<String, String> each : environment.entrySet()) {
        Fds.check(
            "setenv",
            SETENV.call(
                arena.allocateFrom(each.getKey()), arena.allocateFrom(each.getValue()), OVERWRITE));
      }
      Fds.check(
          "exec of " + program,
          EXECV.call(arena.allocateFrom(program.toString()), Spawn.strings(arena, arguments)));
    }
  }
}
