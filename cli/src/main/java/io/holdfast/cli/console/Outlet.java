package io.holdfast.cli.console;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;

/**
 * Ends a command at the first write that fails.
 *
 * <p>A {@link PrintStream} keeps an {@link IOException} to itself, so that a command that follows
 * something would go on for ever after its reader has left. Other exceptions it lets pass.
 */
final class Outlet extends OutputStream {

  private final OutputStream out;

  private Outlet(OutputStream out) {
    this.out = out;
  }

  static PrintStream printingTo(OutputStream out, Charset charset) {
    return new PrintStream(new Outlet(out), true, charset);
  }

  @Override
  public void write(int octet) {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    try {
      out.write(bytes, from, length);
    } catch (IOException e) {
      throw new OutputLost(e);
    }
  }

  @Override
  public void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw new OutputLost(e);
    }
  }
}
