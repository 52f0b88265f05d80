package io.holdfast.agent.process;

import io.holdfast.core.instance.ExitStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out whether this host has what {@link NativeProcesses} take, by using it once. */
final class NativeTrial {

  /** Those whose structures and numbers are known; elsewhere the same calls mean something else. */
  private static final List<String> MACHINES = List.of("amd64", "aarch64");

  private static final List<Class<?>> NATIVE_USERS =
      List.of(
          Fds.class,
          Spawn.class,
          Pidfd.class,
          Poller.class,
          Account.class,
          NotifySocket.class,
          SessionUsage.class);

  private static final Duration MOST = Duration.ofSeconds(5);

  private NativeTrial() {}

  /** What is missing; empty when nothing is. */
  static Optional<String> obstacle() {
    String machine = System.getProperty("os.arch");
    if (!MACHINES.contains(machine)) {
      return Optional.of("the native calls are not known for " + machine);
    }
    try {
      for (Class<?> user : NATIVE_USERS) {
        Class.forName(user.getName());
      }
      tryProcess();
      return Optional.empty();
    } catch (ClassNotFoundException | LinkageError e) {
      return Optional.of("native calls cannot be made: " + reason(e));
    } catch (IOException | IllegalStateException e) {
      return Optional.of("the kernel does not do all that it takes: " + reason(e));
    }
  }

  /** Launches a process, takes hold of it, signals it and hears how it ended. */
  private static void tryProcess() throws IOException {
    List<String> waiting = List.of("sh", "-c", "kill -STOP $$");
    int pid = new Spawn(Shim.SHELL, waiting, Map.of(), Path.of("/dev/null"), List.of()).start();
    try {
      tryHandle(pid);
    } catch (IOException e) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
      throw e;
    }
  }

  private static void tryHandle(int pid) throws IOException {
    switch (Pidfd.open(pid)) {
      case Pidfd.Opening.Opened(Pidfd process) -> {
        try {
          tryEnd(process);
        } finally {
          process.close();
        }
      }
      case Pidfd.Opening.NoSuchProcess _ -> throw new IOException("a new process is not found");
      case Pidfd.Opening.Unclear(String why) -> throw new IOException("pidfd_open: " + why);
    }
  }

  private static void tryEnd(Pidfd process) throws IOException {
    if (!process.signal(Signals.KILL) || !process.awaitEnd(MOST)) {
      throw new IOException("a process cannot be ended by its pidfd");
    }
    if (!process.reap().equals(Optional.of(new ExitStatus.Signal("KILL", false)))) {
      throw new IOException("the end of a process is not told by its pidfd");
    }
  }

  /** The innermost one: what is around it only says that a class cannot be used. */
  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }
}
