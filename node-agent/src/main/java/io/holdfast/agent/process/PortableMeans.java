package io.holdfast.agent.process;

import java.io.File;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a {@link ProcessBuilder} can do for a service or a command, and how to say what it cannot.
 */
final class PortableMeans {

  private static final File NOTHING = new File("/dev/null");
  private static final String OWN_USER = System.getProperty("user.name", "");

  private PortableMeans() {}

  /** Runs with exactly the given environment, without input and, if not said otherwise, output. */
  static ProcessBuilder builder(List<String> command, Map<String, String> environment) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(NOTHING)
            .redirectOutput(NOTHING)
            .redirectError(NOTHING);
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder;
  }

  static boolean isOwnUser(String user) {
    return user.equals(OWN_USER);
  }

  static void checkUser(Optional<String> user) throws CannotLaunch {
    if (user.filter(name -> !isOwnUser(name)).isPresent()) {
      throw unable("run anything as another user than " + OWN_USER);
    }
  }

  /** Java turns what the locale lacks into question marks. */
  static void checkText(List<String> command, Map<String, String> environment) throws CannotLaunch {
    Charset charset = Charset.forName(System.getProperty("sun.jnu.encoding", "US-ASCII"));
    String all = String.join("", command) + environment;
    if (!charset.newEncoder().canEncode(all)) {
      throw unable(
          "pass on all characters of its command and environment in the locale of the agent ("
              + charset
              + ")");
    }
  }

  static CannotLaunch unable(String what) {
    return new CannotLaunch("its agent launches by portable means, which cannot " + what);
  }
}
