package io.holdfast.protocol.security;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Says in a sentence why a certificate is not accepted, where the JDK speaks of paths. */
final class PeerTrust extends X509ExtendedTrustManager {

  private interface Check {
    void run() throws CertificateException;
  }

  private final X509ExtendedTrustManager authorities;
  private final X509Certificate own;
  private final Circle circle;
  private final Consumer<String> refusals;

  PeerTrust(
      X509ExtendedTrustManager authorities,
      X509Certificate own,
      Circle circle,
      Consumer<String> refusals) {
    this.authorities = authorities;
    this.own = own;
    this.circle = circle;
    this.refusals = refusals;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
      throws CertificateException {
    check(chain, "", () -> authorities.checkClientTrusted(chain, kind, engine));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
      throws CertificateException {
    String host = Optional.ofNullable(engine.getPeerHost()).orElse("");
    check(chain, host, () -> authorities.checkServerTrusted(chain, kind, engine));
  }

  private void check(X509Certificate[] chain, String host, Check check) throws Distrusted {
    try {
      checked(chain[0], host, check);
    } catch (Distrusted refusal) {
      refusals.accept(String.valueOf(refusal.getMessage()));
      throw refusal;
    }
  }

  private void checked(X509Certificate peer, String host, Check check) throws Distrusted {
    try {
      check.run();
    } catch (CertificateException refusal) {
      throw Distrusted.because(refusal, peer, host);
    }
    boolean belongs =
        switch (circle) {
          case AUTHORITY -> true;
          case SUBJECT -> peer.getSubjectX500Principal().equals(own.getSubjectX500Principal());
        };
    if (!belongs) {
      throw Distrusted.otherSubject(peer, own);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String kind) throws CertificateException {
    throw withoutEngine();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String kind) throws CertificateException {
    throw withoutEngine();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket)
      throws CertificateException {
    throw withoutEngine();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket)
      throws CertificateException {
    throw withoutEngine();
  }

  /** An engine alone says which host is meant. */
  private static CertificateException withoutEngine() {
    return new CertificateException("certificates are checked by engines only");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return authorities.getAcceptedIssuers();
  }
}
