package io.holdfast.agent.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts a program in a session of its own, with default signals and no descriptor but those given.
 *
 * <p>Java's own way of starting processes keeps the agent's session and its ignored signals, needs
 * a thread for each process, and stops working when the JDK below it is upgraded.
 *
 * @param program the file to run
 * @param arguments from argv[0] on
 * @param output where stdout and stderr are appended
 * @param inherited become descriptors 3, 4 and so on
 */
record Spawn(
    Path program,
    List<String> arguments,
    Map<String, String> environment,
    Path output,
    List<Integer> inherited) {

  // Larger than glibc's structures on either architecture.
  private static final int ACTIONS_BYTES = 256;
  private static final int ATTRIBUTES_BYTES = 512;
  private static final int SIGNAL_SET_BYTES = 128;
  private static final short NEW_SESSION_AND_CLEAN_SIGNALS = 0x80 | 0x08 | 0x04;
  private static final int FIRST_INHERITED = 3;
  private static final int PARKED = 1000;
  private static final int READ_ONLY = 0;
  private static final int WRITE_APPEND_CREATE = 1 | 0x400 | 0x40;
  private static final int OUTPUT_MODE = 0640;

  private static final NativeCall SPAWN =
      NativeCall.of("posix_spawn", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
  private static final NativeCall ACTIONS_INIT =
      NativeCall.of("posix_spawn_file_actions_init", JAVA_INT, ADDRESS);
  private static final NativeCall ACTIONS_DESTROY =
      NativeCall.of("posix_spawn_file_actions_destroy", JAVA_INT, ADDRESS);
  private static final NativeCall ADD_OPEN =
      NativeCall.of(
          "posix_spawn_file_actions_addopen",
          JAVA_INT,
          ADDRESS,
          JAVA_INT,
          ADDRESS,
          JAVA_INT,
          JAVA_INT);
  private static final NativeCall ADD_DUP2 =
      NativeCall.of("posix_spawn_file_actions_adddup2", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
  private static final NativeCall ADD_CLOSE_FROM =
      NativeCall.of("posix_spawn_file_actions_addclosefrom_np", JAVA_INT, ADDRESS, JAVA_INT);
  private static final NativeCall ATTRIBUTES_INIT =
      NativeCall.of("posix_spawnattr_init", JAVA_INT, ADDRESS);
  private static final NativeCall ATTRIBUTES_DESTROY =
      NativeCall.of("posix_spawnattr_destroy", JAVA_INT, ADDRESS);
  private static final NativeCall SET_FLAGS =
      NativeCall.of("posix_spawnattr_setflags", JAVA_INT, ADDRESS, JAVA_SHORT);
  private static final NativeCall SET_MASK =
      NativeCall.of("posix_spawnattr_setsigmask", JAVA_INT, ADDRESS, ADDRESS);
  private static final NativeCall SET_DEFAULT =
      NativeCall.of("posix_spawnattr_setsigdefault", JAVA_INT, ADDRESS, ADDRESS);

  /** The pid of the new process, which is also its session and its process group. */
  int start() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment actions = arena.allocate(ACTIONS_BYTES, 16);
      MemorySegment attributes = arena.allocate(ATTRIBUTES_BYTES, 16);
      MemorySegment pid = arena.allocate(JAVA_INT);
      ACTIONS_INIT.call(actions);
      ATTRIBUTES_INIT.call(attributes);
      try {
        addActions(arena, actions);
        setAttributes(arena, attributes);
        long failed =
            SPAWN.call(
                pid,
                arena.allocateFrom(program.toString()),
                actions,
                attributes,
                strings(arena, arguments),
                strings(arena, assignments()));
        if (failed != 0) {
          throw new IOException(Errno.text((int) failed) + ": " + program);
        }
        return pid.get(JAVA_INT, 0);
      } finally {
        ACTIONS_DESTROY.call(actions);
        ATTRIBUTES_DESTROY.call(attributes);
      }
    }
  }

  private void addActions(Arena arena, MemorySegment actions) {
    MemorySegment none = arena.allocateFrom("/dev/null");
    ADD_OPEN.call(actions, 0, none, READ_ONLY, 0);
    MemorySegment log = arena.allocateFrom(output.toString());
    ADD_OPEN.call(actions, 1, log, WRITE_APPEND_CREATE, OUTPUT_MODE);
    ADD_DUP2.call(actions, 1, 2);
    // Parked far above first: a descriptor to pass on may itself be number 3 or 4.
    for (int i = 0; i < inherited.size(); i++) {
      ADD_DUP2.call(actions, inherited.get(i), PARKED + i);
    }
    for (int i = 0; i < inherited.size(); i++) {
      ADD_DUP2.call(actions, PARKED + i, FIRST_INHERITED + i);
    }
    ADD_CLOSE_FROM.call(actions, FIRST_INHERITED + inherited.size());
  }

  private static void setAttributes(Arena arena, MemorySegment attributes) {
    MemorySegment none = arena.allocate(SIGNAL_SET_BYTES, 8);
    MemorySegment all = arena.allocate(SIGNAL_SET_BYTES, 8);
    // Not sigfillset: it leaves out two that glibc would otherwise pass on as ignored.
    all.fill((byte) 0xff);
    SET_FLAGS.call(attributes, NEW_SESSION_AND_CLEAN_SIGNALS);
    SET_MASK.call(attributes, none);
    SET_DEFAULT.call(attributes, all);
  }

  private List<String> assignments() {
    List<String> assignments = new ArrayList<>();
    environment.forEach((name, value) -> assignments.add(name + "=" + value));
    return assignments;
  }

  /** A NULL-terminated array, as exec wants it. */
  static MemorySegment strings(Arena arena, List<String> values) {
    MemorySegment array = arena.allocate(ADDRESS, values.size() + 1L);
    for (int i = 0; i < values.size(); i++) {
      array.setAtIndex(ADDRESS, i, arena.allocateFrom(values.get(i)));
    }
    return array;
  }
}
