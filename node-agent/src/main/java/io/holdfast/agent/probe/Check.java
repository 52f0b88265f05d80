package io.holdfast.agent.probe;

/** What a probe does time and again; whatever it keeps between two times is let go at the end. */
interface Check extends AutoCloseable {

  ProbeResult run() throws InterruptedException, NotMade;

  @Override
  default void close() {}
}
