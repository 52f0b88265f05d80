package io.holdfast.benchmarks;

import java.util.List;

/** Hosts that reach each other, until somebody cuts them off. */
interface Network {

  /** One more. */
  Place host() throws Exception;

  /** Nothing that one sends arrives at the other any more, either way; nobody is told. */
  void cut(Place one, Place other) throws Exception;

  /** Nothing that the one sends arrives at the other any more; nobody is told. */
  void cutOneWay(Place from, Place to) throws Exception;

  /** From one moment to the next nobody reaches the host, nor it anybody; nobody is told. */
  void isolate(Place host) throws Exception;

  /** The opposite. */
  void rejoin(Place host) throws Exception;

  /** So many of a hundred packets to each of these hosts, and from it, are lost from now on. */
  void lose(int percent, List<Place> hosts) throws Exception;

  /** None any more. */
  void loseNone() throws Exception;

  /** What was cut is whole again. */
  void heal() throws Exception;

  void close() throws Exception;
}
