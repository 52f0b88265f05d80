package io.holdfast.cli.client;

import java.net.URI;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code --server}: which supervisor a client asks. */
final class ServerOption {

  private static final String USUAL = "http://127.0.0.1:7400";

  @Option(
      names = "--server",
      paramLabel = "URL",
      defaultValue = USUAL,
      converter = ServerUrl.class,
      description =
          "The supervisor's admin API; also from HOLDFAST_SERVER. Default: ${DEFAULT-VALUE}")
  private URI url = URI.create(USUAL);

  AdminClient client() {
    return AdminClient.of(url);
  }

  /** Takes http and https URLs only. */
  static final class ServerUrl implements ITypeConverter<URI> {
    @Override
    public URI convert(String value) {
      try {
        URI url = URI.create(value);
        if (("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
            && url.getHost() != null) {
          return url;
        }
      } catch (IllegalArgumentException _) {
        // Said below, like every other value that is no URL.
      }
      throw new TypeConversionException("expected a URL like " + USUAL + ", got '" + value + "'");
    }
  }
}
