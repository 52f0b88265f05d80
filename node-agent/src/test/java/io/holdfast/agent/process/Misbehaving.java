package io.holdfast.agent.process;

import java.util.List;

/** Programs that do what keepers of processes have trouble with. All of them end by themselves. */
enum Misbehaving {
  /** Has a grandchild in a session of its own, which nobody is the parent of. */
  LEAVES_A_DAEMON(2, "(setsid sh -c 'sleep 300 & sleep 300' &) ; exec sleep 300"),
  /** Does not end when asked to, nor does its child. */
  IGNORES_TERM(2, "trap '' TERM; setsid sleep 300 & while :; do sleep 1; done"),
  /** Is gone before anyone knows that it has begun, and its child is not. */
  ENDS_WHILE_IT_STARTS(0, "setsid sleep 300 & exit 3"),
  /** As many as a small host bears, each in a session of its own. */
  FORKS_A_LOT(
      60, "i=0; while [ $i -lt 60 ]; do setsid sleep 300 & i=$((i + 1)); done; exec sleep 300"),
  /** Goes on with that while it is being killed. */
  KEEPS_FORKING(
      10,
      "setsid sh -c 'i=0; while [ $i -lt 3000 ]; do setsid sleep 300 & i=$((i + 1)); done' & "
          + "exec sleep 300");

  private final int children;
  private final String script;

  Misbehaving(int children, String script) {
    this.children = children;
    this.script = script;
  }

  List<String> command() {
    return List.of("sh", "-c", script);
  }

  /** How many processes there are at least, once it has done its worst. */
  int children() {
    return children;
  }
}
