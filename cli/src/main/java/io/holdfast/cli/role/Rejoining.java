package io.holdfast.cli.role;

import io.holdfast.agent.process.Successor;
import io.holdfast.core.CannotStart;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A supervisor that the others have removed joins them again as the same process, which begins anew
 * with the same command line: connections to peers that fell silent would keep what it was from
 * ending, and its port taken, for as long as a quarter of an hour (akka-core#30326).
 *
 * @param http where it has served, whatever the command line left open
 * @param grpc likewise
 */
record Rejoining(InetSocketAddress http, InetSocketAddress grpc) {

  private static final String VARIABLE = "HOLDFAST_REJOINS_AT";
  private static final Path PROGRAM = Path.of("/proc/self/exe");
  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

  /** What this process has begun anew for; empty when it is new. */
  static Optional<Rejoining> in(Map<String, String> environment) {
    return Optional.ofNullable(environment.get(VARIABLE)).map(Rejoining::parse);
  }

  /** Does not return where it succeeds; what runs here ends as if it was killed. */
  void begin() throws CannotStart {
    try {
      new Successor(PROGRAM.toRealPath(), commandLine(), Map.of(VARIABLE, text())).become();
    } catch (IOException e) {
      throw new CannotStart("The supervisor cannot begin anew: " + e.getMessage(), e);
    }
  }

  private String text() {
    return SocketAddressText.of(http) + " " + SocketAddressText.of(grpc);
  }

  private static Rejoining parse(String text) {
    int space = text.indexOf(' ');
    SocketAddressText address = new SocketAddressText();
    return new Rejoining(
        address.convert(text.substring(0, space)), address.convert(text.substring(space + 1)));
  }

  private static List<String> commandLine() throws IOException {
    String words = new String(Files.readAllBytes(COMMAND_LINE), StandardCharsets.UTF_8);
    return List.of(words.substring(0, words.length() - 1).split("\0", -1));
  }
}
