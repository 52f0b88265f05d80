package io.holdfast.supervisor;

import io.holdfast.protocol.security.Access;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/**
 * Where a supervisor node listens and keeps its state. A port may be 0 for any free one.
 *
 * @param http admin API, dashboard and metrics
 * @param grpc agents and view subscribers
 * @param cluster other supervisor nodes
 * @param seeds all of them, this one included; none when it is alone
 * @param access what the others, agents and view subscribers must prove
 */
public record SupervisorSettings(
    InetSocketAddress http,
    InetSocketAddress grpc,
    InetSocketAddress cluster,
    Seeds seeds,
    Path data,
    JournalSettings journal,
    Access access) {

  /** The same at the addresses that have turned out. */
  public SupervisorSettings at(InetSocketAddress nowHttp, InetSocketAddress nowGrpc) {
    return new SupervisorSettings(nowHttp, nowGrpc, cluster, seeds, data, journal, access);
  }

  /** Alone, with the journal in the data directory. */
  public SupervisorSettings(
      InetSocketAddress http, InetSocketAddress grpc, InetSocketAddress cluster, Path data) {
    this(http, grpc, cluster, Seeds.NONE, data, new JournalSettings.Embedded(), Access.OPEN);
  }
}
