package io.holdfast.protocol.spec;

import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import java.util.regex.Pattern;

/**
 * Decides which texts stand in quotes, where they can be escaped: without them, line separators and
 * characters that do not print would be read back as something else.
 */
final class Quoting extends StringQuotingChecker {

  private static final long serialVersionUID = 1L;

  private static final Pattern SAFE =
      Pattern.compile("[\\x21-\\x7e\\p{L}]([\\x20-\\x7e\\p{L}\\n]*[\\x21-\\x7e\\p{L}])?");

  private final StringQuotingChecker words = StringQuotingChecker.Default.instance();

  @Override
  public boolean needToQuoteName(String name) {
    return !SAFE.matcher(name).matches() || words.needToQuoteName(name);
  }

  @Override
  public boolean needToQuoteValue(String value) {
    return !SAFE.matcher(value).matches() || words.needToQuoteValue(value);
  }
}
