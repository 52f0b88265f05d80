package io.holdfast.agent.process;

import io.holdfast.agent.cgroup.Cgroup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The parent of every service: a few lines of shell that write down its pid and its exit code.
 *
 * <p>The agent may die and miss the end of a service; its parent cannot. Only builtins are used, so
 * no PATH can mislead it; the arguments are passed on as they are. Nothing depends on the shim
 * being alive but the exit code.
 */
final class Shim {

  static final Path SHELL = Path.of("/bin/sh");

  /** What the agent is told on descriptor 3 of a working directory that cannot be entered. */
  private static final String NO_DIRECTORY = "no directory";

  /** The same of a launch that has been made before, or revoked. */
  private static final String NOT_AGAIN = "not again";

  /** The same for a pid that could not be written down, as on a full disk. */
  private static final String NO_RECORD = "no record";

  // $1 traces, $2 working directory, $3 how many files to join groups by, these, then argv. 3: to
  // the agent, 4: the lock, 5: the log while the shell's own remarks ("Killed") are kept out of it.
  // The service's side alone joins, so that the shim outlives the end of the group. The service is
  // not started with &,
  // which would make it ignore INT and QUIT; traps are reset for it, ignored signals would not be.
  // Without /proc its pid is what a child of it has for a parent. With -C the shell makes a file
  // only where there is none; the shim of a launch that is one too many, whose number is $$, must
  // not write its code over that of the other.
  // Nothing runs that the next agent would not find, so nothing without its pid on record; it has
  // no end either. The code is written over room that was reserved for it: the disk may be full.
  // PWD and OLDPWD are the shell's own additions to the environment. A variable that comes with it
  // stays in it, so the shell's own have names that no service is likely to look for.
  private static final String SCRIPT =
      """
      _hf_d=$1 _hf_w=$2 _hf_n=$3; shift 3
      trap : TERM INT QUIT HUP USR1 USR2
      exec 5>&2 2>/dev/null
      (
        while [ "$_hf_n" -gt 0 ]; do
          echo 0 >"$1" || echo "$1" >>"$_hf_d/unjoined"
          _hf_n=$((_hf_n - 1)); shift
        done
        trap : PIPE
        read -r _hf_st </proc/self/stat || _hf_st=$(exec /bin/sh -c 'echo $PPID')
        cd "$_hf_w" || { echo "no directory" >&3; exit 126; }
        set -C
        true >"$_hf_d/pid" || {
          [ -f "$_hf_d/pid" ] || { echo "no record" >&3; exit 126; }
          echo "not again" >&3; kill -KILL $$; exit
        }
        set +C
        echo "$_hf_st" >"$_hf_d/pid" || { echo "no record" >&3; exit 126; }
        echo "$_hf_st" >&3
        unset PWD OLDPWD
        trap 'echo "$1" >"$_hf_d/failed"' EXIT
        exec "$@" 2>&5 3>&- 5>&-
      )
      _hf_c=$?
      [ "$_hf_c" = 126 ] && [ ! -s "$_hf_d/pid" ] || printf '%-3s\\n' "$_hf_c" 1<>"$_hf_d/exit"
      exit "$_hf_c"
      """;

  // Where only the three usual descriptors are passed on, the error output is the agent's until the
  // log takes its place.
  private static final String THREE_DESCRIPTORS = "exec 3>&2 2>&1\n";

  // The same for a command that leaves no traces: $1 working directory, $2 how many files to join
  // groups by, these, then argv.
  private static final String COMMAND =
      """
      _hf_w=$1 _hf_n=$2; shift 2
      while [ "$_hf_n" -gt 0 ]; do
        echo 0 >"$1" || :
        _hf_n=$((_hf_n - 1)); shift
      done
      cd "$_hf_w" || exit 126
      unset PWD OLDPWD
      exec "$@"
      """;

  private Shim() {}

  /** Why nothing was launched, from the agent's side. */
  static String reason(Optional<String> word) {
    return switch (word.orElse("")) {
      case NO_DIRECTORY -> "its working directory cannot be entered";
      case NOT_AGAIN -> "it has been launched before";
      case NO_RECORD -> "its pid cannot be written down";
      default -> "its shell ended before it";
    };
  }

  static List<String> service(Traces traces, Path directory, List<String> argv) {
    List<Path> entrances = traces.cgroup().map(Cgroup::entrances).orElse(List.of());
    List<String> parameters = new ArrayList<>();
    parameters.add(traces.directory().toString());
    parameters.add(directory.toString());
    join(parameters, entrances);
    return shell(SCRIPT, parameters, argv);
  }

  /** The same where the word to the agent goes by the error output. */
  static List<String> portableService(Traces traces, Path directory, List<String> argv) {
    List<String> parameters = List.of(traces.directory().toString(), directory.toString(), "0");
    return shell(THREE_DESCRIPTORS + SCRIPT, parameters, argv);
  }

  static List<String> command(Path directory, List<Path> entrances, List<String> argv) {
    List<String> parameters = new ArrayList<>();
    parameters.add(directory.toString());
    join(parameters, entrances);
    return shell(COMMAND, parameters, argv);
  }

  private static void join(List<String> parameters, List<Path> entrances) {
    parameters.add(Integer.toString(entrances.size()));
    entrances.forEach(entrance -> parameters.add(entrance.toString()));
  }

  private static List<String> shell(String script, List<String> parameters, List<String> argv) {
    List<String> arguments = new ArrayList<>(List.of(SHELL.toString(), "-c", script, "holdfast"));
    arguments.addAll(parameters);
    arguments.addAll(argv);
    return arguments;
  }
}
