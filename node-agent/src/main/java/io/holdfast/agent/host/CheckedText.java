package io.holdfast.agent.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Lines, and a last one by which it shows that they have been damaged though they make sense. */
final class CheckedText {

  private static final String SUM = "sum=";

  private CheckedText() {}

  /**
   * With that last line.
   *
   * @param text ends with a line break
   */
  static String of(String text) {
    return text + SUM + sum(text) + "\n";
  }

  /** Without it; agents before this one wrote none. */
  static String read(String checked) throws IOException {
    int at = checked.lastIndexOf("\n" + SUM) + 1;
    if (at == 0) {
      return checked;
    }
    String text = checked.substring(0, at);
    if (!of(text).equals(checked)) {
      throw new IOException("something in them was changed");
    }
    return text;
  }

  private static String sum(String text) {
    CRC32 sum = new CRC32();
    sum.update(text.getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(sum.getValue());
  }
}
