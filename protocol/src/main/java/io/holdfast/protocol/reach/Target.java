package io.holdfast.protocol.reach;

/**
 * An endpoint to be tried.
 *
 * @param address numeric, so that nothing has to be looked up
 * @param port from 1 to 65,535
 */
public record Target(String address, int port) {

  private static final int HIGHEST_PORT = 65_535;

  public Target {
    if (port < 1 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException(port + " is no port");
    }
  }
}
