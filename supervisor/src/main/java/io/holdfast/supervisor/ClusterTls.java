package io.holdfast.supervisor;

import akka.remote.artery.tcp.SSLEngineProvider;
import io.holdfast.protocol.security.MutualTls;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import scala.Option;

/** TLS between supervisors. The engines know whom they accept; a session has nothing to add. */
record ClusterTls(MutualTls tls) implements SSLEngineProvider {

  @Override
  public SSLEngine createServerSSLEngine(String hostname, int port) {
    return tls.accepting();
  }

  @Override
  public SSLEngine createClientSSLEngine(String hostname, int port) {
    return tls.connecting(hostname, port);
  }

  @Override
  public Option<Throwable> verifyClientSession(String hostname, SSLSession session) {
    return Option.empty();
  }

  @Override
  public Option<Throwable> verifyServerSession(String hostname, SSLSession session) {
    return Option.empty();
  }
}
