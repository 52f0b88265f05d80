package io.holdfast.protocol.security;

import io.holdfast.core.CannotStart;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A certificate with those above it, and the key that belongs to it, as their files had them. */
public record KeyPairFiles(String certificatePem, String keyPem) {

  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  /** As the files have them now. */
  public static KeyPairFiles read(TlsFiles files) throws CannotStart {
    return new KeyPairFiles(
        PemCertificates.text("--tls-cert", files.certificate()),
        PemCertificates.text("--tls-key", files.key()));
  }

  /** Its own first. */
  public List<X509Certificate> certificates() throws CannotStart {
    return PemCertificates.parse("--tls-cert", certificatePem);
  }

  /** The key, which belongs to the first certificate: the two files change one after the other. */
  public PrivateKey key() throws CannotStart {
    PublicKey known = certificates().getFirst().getPublicKey();
    Matcher pem = KEY.matcher(keyPem);
    if (!pem.find()) {
      throw new CannotStart("--tls-key holds no key in PEM as BEGIN PRIVATE KEY (PKCS#8)");
    }
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(pem.group(1));
      PrivateKey key =
          KeyFactory.getInstance(known.getAlgorithm())
              .generatePrivate(new PKCS8EncodedKeySpec(bytes));
      if (isPair(key, known)) {
        return key;
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new CannotStart("--tls-key is not a key of the kind of the certificate");
    }
    throw new CannotStart("--tls-key does not belong to the first certificate of --tls-cert");
  }

  private static boolean isPair(PrivateKey key, PublicKey known) throws GeneralSecurityException {
    byte[] sample = {1, 2, 3};
    Signature signature = Signature.getInstance(algorithm(known.getAlgorithm()));
    signature.initSign(key);
    signature.update(sample);
    byte[] signed = signature.sign();
    signature.initVerify(known);
    signature.update(sample);
    return signature.verify(signed);
  }

  private static String algorithm(String kind) {
    return switch (kind) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> kind;
    };
  }
}
