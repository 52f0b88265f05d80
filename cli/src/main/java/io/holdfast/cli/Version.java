package io.holdfast.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Which Holdfast this is. */
final class Version implements IVersionProvider {

  /** From the jar; classes that were never packed say so. */
  static String text() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("unpackaged");
  }

  @Override
  public String[] getVersion() {
    return new String[] {"holdfast " + text()};
  }
}
