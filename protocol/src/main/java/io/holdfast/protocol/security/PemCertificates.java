package io.holdfast.protocol.security;

import io.holdfast.core.CannotStart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** Certificates in PEM, as a file has them. */
final class PemCertificates {

  private static final long LARGEST_BYTES = 1 << 20;

  private PemCertificates() {}

  static List<X509Certificate> parse(String option, String pem) throws CannotStart {
    try {
      List<X509Certificate> read =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (!read.isEmpty()) {
        return read;
      }
    } catch (GeneralSecurityException e) {
      throw new CannotStart(option + " holds no certificate in PEM");
    }
    throw new CannotStart(option + " holds no certificate in PEM");
  }

  static String text(String option, Path file) throws CannotStart {
    try {
      if (Files.size(file) > LARGEST_BYTES) {
        throw new CannotStart(file + " (" + option + ") is longer than 1 MiB");
      }
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new CannotStart("cannot read " + file + " (" + option + ")");
    }
  }
}
