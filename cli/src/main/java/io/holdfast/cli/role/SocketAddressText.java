package io.holdfast.cli.role;

import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code ADDR:PORT}; an IPv6 address stands in brackets. */
public final class SocketAddressText implements ITypeConverter<InetSocketAddress> {

  private static final Pattern SHAPE =
      Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:\\[\\]/]+):(\\d{1,5})");
  private static final int LAST_PORT = 65_535;

  @Override
  public InetSocketAddress convert(String value) {
    Matcher matcher = SHAPE.matcher(value.strip());
    if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > LAST_PORT) {
      throw new TypeConversionException("expected ADDR:PORT, got '" + value + "'");
    }
    String host = matcher.group(1).replace("[", "").replace("]", "");
    InetSocketAddress address = new InetSocketAddress(host, Integer.parseInt(matcher.group(2)));
    if (address.isUnresolved()) {
      throw new TypeConversionException("the host '" + host + "' is not known");
    }
    return address;
  }

  /** As it was written. */
  public static String of(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }
}
