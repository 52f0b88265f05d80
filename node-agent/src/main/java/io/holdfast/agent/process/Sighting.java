package io.holdfast.agent.process;

/** What a restarted agent finds of a process that an earlier one launched. */
public sealed interface Sighting {

  /** It lives, and it is certainly the same one. */
  record Alive(ServiceProcess process) implements Sighting {}

  record Dead(Death death) implements Sighting {}

  /** The earlier agent ended between writing down what to launch and launching it. */
  record NeverLaunched() implements Sighting {}

  /** The same, and by now it cannot be launched any more, not even by what that agent began. */
  record Revoked() implements Sighting {}

  /** Perhaps alive: neither launched again nor signalled until more is known. */
  record Unclear(String why) implements Sighting {}
}
