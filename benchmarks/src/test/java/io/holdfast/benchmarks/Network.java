package io.holdfast.benchmarks;

/** Hosts that reach each other, until somebody cuts them off. */
interface Network {

  /** One more. */
  Place host() throws Exception;

  /** Nothing that one sends arrives at the other any more, either way; nobody is told. */
  void cut(Place one, Place other) throws Exception;

  /** Nothing that the one sends arrives at the other any more; nobody is told. */
  void cutOneWay(Place from, Place to) throws Exception;

  /** All of them reach each other again. */
  void heal() throws Exception;

  void close() throws Exception;
}
