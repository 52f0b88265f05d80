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

    private static final int LARGEST_PORT = 65_535;

    /** How a URI says that it names none. */
    private static final int NO_PORT = -1;

    @Override
    public URI convert(String value) {
      try {
        URI url = URI.create(value);
        if (("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
            && url.getHost() != null
            && isPort(url.getPort())) {
          return url;
        }
      } catch (IllegalArgumentException _) {
        // Said below, like every other value that is no URL.
      }
      throw new TypeConversionException("expected a URL like " + USUAL + ", got '" + value + "'");
    }

    private static boolean isPort(int port) {
      return port == NO_PORT || (port > 0 && port <= LARGEST_PORT);
    }
  }
}
