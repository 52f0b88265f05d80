package io.holdfast.agent.log;

/** Where the answers to one order go. Both calls block until the answer has been passed on. */
public interface LogSink {

  /** False when nobody wants the rest any more. */
  boolean send(byte[] data) throws InterruptedException;

  /** The last word; {@code error} is blank unless there was nothing to be had. */
  void end(String error) throws InterruptedException;
}
