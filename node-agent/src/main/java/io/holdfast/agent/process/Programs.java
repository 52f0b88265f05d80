package io.holdfast.agent.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds out before a launch what exec would refuse, and how to say it.
 *
 * <p>The shim's exec has the last word; this only gives the common mistakes the system's own words
 * at once.
 */
final class Programs {

  private static final String DEFAULT_PATH =
      "/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin";
  private static final Pattern SHELL_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private Programs() {}

  static void checkDirectory(Path directory) throws CannotLaunch {
    if (!Files.exists(directory)) {
      throw refused(Errno.ENOENT, directory.toString());
    }
    if (!Files.isDirectory(directory)) {
      throw refused(Errno.ENOTDIR, directory.toString());
    }
  }

  static void checkProgram(String program, Path directory, Map<String, String> environment)
      throws CannotLaunch {
    if (program.indexOf('/') < 0) {
      if (find(program, environment.getOrDefault("PATH", DEFAULT_PATH)).isEmpty()) {
        throw refused(Errno.ENOENT, program);
      }
      return;
    }
    Path file = directory.resolve(program);
    if (!Files.exists(file)) {
      throw refused(Errno.ENOENT, program);
    }
    if (Files.isDirectory(file) || !Files.isExecutable(file)) {
      throw refused(Errno.EACCES, program);
    }
  }

  /** The whole argv for a command, with what it takes to switch users and to set odd variables. */
  static List<String> argv(
      List<String> command, Map<String, String> environment, Optional<String> user)
      throws CannotLaunch {
    List<String> argv = new ArrayList<>();
    if (user.isPresent()) {
      argv.addAll(switching(user.get()));
    }
    List<String> odd = oddVariables(environment);
    if (!odd.isEmpty()) {
      argv.add(tool("env"));
      argv.addAll(odd);
    }
    argv.addAll(command);
    return argv;
  }

  private static List<String> switching(String user) throws CannotLaunch {
    Account account =
        Account.find(user).orElseThrow(() -> new CannotLaunch("No such user: " + user));
    if (account.isOwn()) {
      return List.of();
    }
    if (Account.ownUid() != 0) {
      throw refused(Errno.EPERM, "only an agent that runs as root can run a service as " + user);
    }
    return account.switching(tool("setpriv"));
  }

  /** A shell passes on only what could be its own variable, so the rest goes round it. */
  private static List<String> oddVariables(Map<String, String> environment) {
    return environment.entrySet().stream()
        .filter(entry -> !SHELL_NAME.matcher(entry.getKey()).matches())
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .sorted()
        .toList();
  }

  /** A program that Holdfast itself needs. */
  static String tool(String name) throws CannotLaunch {
    return found(name).orElseThrow(() -> refused(Errno.ENOENT, name));
  }

  /** One that it makes use of where there is such a program. */
  static Optional<String> found(String name) {
    return find(name, DEFAULT_PATH).map(Path::toString);
  }

  private static Optional<Path> find(String program, String path) {
    for (String directory : path.split(":", -1)) {
      Path file = Path.of(directory, program);
      if (Files.isRegularFile(file) && Files.isExecutable(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  private static CannotLaunch refused(int errno, String what) {
    return new CannotLaunch(Errno.text(errno) + ": " + what);
  }
}
