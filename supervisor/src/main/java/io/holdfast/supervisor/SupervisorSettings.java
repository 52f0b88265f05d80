package io.holdfast.supervisor;

import java.net.InetSocketAddress;
import java.nio.file.Path;

/**
 * Where a supervisor node listens and keeps its state. A port may be 0 for any free one.
 *
 * @param http admin API, dashboard and metrics
 * @param grpc agents and view subscribers
 * @param cluster other supervisor nodes
 */
public record SupervisorSettings(
    InetSocketAddress http,
    InetSocketAddress grpc,
    InetSocketAddress cluster,
    Path data,
    JournalSettings journal) {

  /** With the journal in the data directory. */
  public SupervisorSettings(
      InetSocketAddress http, InetSocketAddress grpc, InetSocketAddress cluster, Path data) {
    this(http, grpc, cluster, data, new JournalSettings.Embedded());
  }
}
