package io.holdfast.protocol.security;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXReason;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A certificate that is not accepted; the message is a sentence fragment about its bearer. */
final class Distrusted extends CertificateException {

  private static final long serialVersionUID = 1L;

  /** Two CAs may have the same name; then only the signature tells them apart. */
  private static final Set<CertPathValidatorException.Reason> OTHER_CA =
      Set.of(PKIXReason.NO_TRUST_ANCHOR, CertPathValidatorException.BasicReason.INVALID_SIGNATURE);

  private Distrusted(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Keeps the cause, from which the alert to the other side is told. */
  static Distrusted because(CertificateException refusal, X509Certificate peer, String host) {
    return new Distrusted(about(peer, why(refusal, peer, host)), refusal.getCause());
  }

  static Distrusted otherSubject(X509Certificate peer, X509Certificate own) {
    return new Distrusted(
        about(
            peer,
            "is not that of a supervisor, all of which have the subject "
                + own.getSubjectX500Principal().getName()),
        null);
  }

  private static String why(CertificateException refusal, X509Certificate peer, String host) {
    Optional<String> time = time(peer);
    if (time.isPresent()) {
      return time.get();
    }
    if (isOfAnother(refusal.getCause())) {
      return "is not from the CA in --tls-ca";
    }
    // The JDK's own subclass tells of paths and uses; what remains is the name.
    return refusal.getClass() == CertificateException.class && !host.isEmpty()
        ? "is for " + names(peer) + ", not for " + host
        : "is refused: " + refusal.getMessage();
  }

  /** What is wrong with when it is valid. */
  static Optional<String> time(X509Certificate certificate) {
    try {
      certificate.checkValidity();
      return Optional.empty();
    } catch (CertificateExpiredException e) {
      return Optional.of("has expired at " + certificate.getNotAfter().toInstant());
    } catch (CertificateNotYetValidException e) {
      return Optional.of(
          "is valid only from "
              + certificate.getNotBefore().toInstant()
              + " on; are the clocks right?");
    }
  }

  private static boolean isOfAnother(@Nullable Throwable cause) {
    return cause instanceof CertPathBuilderException
        || (cause instanceof CertPathValidatorException invalid
            && OTHER_CA.contains(invalid.getReason()));
  }

  /** With a flaw that is said of it. */
  static String about(X509Certificate certificate, String flaw) {
    return "its certificate (" + certificate.getSubjectX500Principal().getName() + ") " + flaw;
  }

  /** Hosts and addresses; the subject is no name of a host. */
  private static String names(X509Certificate certificate) {
    try {
      Collection<List<?>> names =
          Optional.ofNullable(certificate.getSubjectAlternativeNames()).orElse(List.of());
      return names.isEmpty()
          ? "no host or address"
          : names.stream()
              .map(name -> String.valueOf(name.get(1)))
              .collect(Collectors.joining(", "));
    } catch (CertificateParsingException e) {
      return "names that cannot be read";
    }
  }
}
