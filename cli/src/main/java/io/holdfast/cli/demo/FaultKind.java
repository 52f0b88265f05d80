package io.holdfast.cli.demo;

/** What the demo does to an instance. */
enum FaultKind {
  /** SIGKILL from outside. */
  KILL,
  /** The program ends itself with code 3. */
  CRASH
}
