package io.holdfast.protocol.security;

import io.holdfast.core.CannotStart;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** The files of mutual TLS as they were at one time. */
record MutualTlsContents(KeyPairFiles own, String authoritiesPem) {

  /**
   * The JDK lets nobody resume a session that may live longer than the week of TLS 1.3, so each
   * connection is checked by the certificates and the CA of its own time.
   */
  private static final Duration NEVER_RESUMED = Duration.ofDays(8);

  static MutualTlsContents read(MutualTlsFiles files) throws CannotStart {
    return new MutualTlsContents(
        KeyPairFiles.read(files.own()), PemCertificates.text("--tls-ca", files.authorities()));
  }

  MutualTls.Side side(Circle circle, Consumer<String> refusals) throws CannotStart {
    List<X509Certificate> chain = own.certificates();
    OwnKey key = new OwnKey(own.key(), chain);
    List<X509Certificate> authorities = PemCertificates.parse("--tls-ca", authoritiesPem);
    try {
      PeerTrust trust = new PeerTrust(trust(authorities), chain.getFirst(), circle, refusals);
      SSLContext context = SSLContext.getInstance(MutualTls.PROTOCOL);
      context.init(new KeyManager[] {key}, new TrustManager[] {trust}, null);
      context.getServerSessionContext().setSessionTimeout((int) NEVER_RESUMED.toSeconds());
      return new MutualTls.Side(context, chain.getFirst());
    } catch (GeneralSecurityException | IOException e) {
      throw new CannotStart("--tls-cert, --tls-key and --tls-ca cannot be used: " + e.getMessage());
    }
  }

  private static X509ExtendedTrustManager trust(List<X509Certificate> authorities)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (int i = 0; i < authorities.size(); i++) {
      store.setCertificateEntry("ca-" + i, authorities.get(i));
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    for (TrustManager each : factory.getTrustManagers()) {
      if (each instanceof X509ExtendedTrustManager trust) {
        return trust;
      }
    }
    throw new GeneralSecurityException("this Java has no PKIX");
  }
}
