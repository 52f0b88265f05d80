package io.holdfast.benchmarks;

import java.util.concurrent.Callable;

/**
 * Where roles run and are reached: this host as it is, or a part of it with a network of its own.
 */
interface Place {

  /** On loopback, with whatever else this machine runs. */
  Place HERE =
      new Place() {
        @Override
        public String address() {
          return "127.0.0.1";
        }

        @Override
        public <T> T inside(Callable<T> work) throws Exception {
          return work.call();
        }
      };

  /** Under which other places reach it. */
  String address();

  /** Where a supervisor at this place is reached by the others. */
  default int clusterPort() {
    return Ports.free();
  }

  /** What a JVM at this place has to be told. */
  default String javaOptions() {
    return "";
  }

  /** The same place, for what takes its time there: nothing else has to wait for it. */
  default Place beside() throws Exception {
    return this;
  }

  /** Does something whose processes and blocking sockets belong there. */
  <T> T inside(Callable<T> work) throws Exception;
}
