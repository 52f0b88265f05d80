package io.holdfast.cli.role;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.HoldfastProcess;
import io.holdfast.cli.Ran;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A supervisor that was removed and begins anew, as a real process. */
final class RejoiningTest {

  private static final String ANY = "127.0.0.1:0";

  @TempDir Path data;

  @Test
  void aSupervisorBeginsAnewUntilItServesWhereItDid() throws Exception {
    ServerSocket obstacle = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    InetSocketAddress http = (InetSocketAddress) obstacle.getLocalSocketAddress();
    try (obstacle;
        HoldfastProcess supervisor = removed(http)) {
      awaitComplaint(supervisor, "not a member yet: cannot listen on");
      awaitComplaint(supervisor, "not a member yet: cannot listen on");

      obstacle.close();
      while (!serves(http)) {
        Thread.onSpinWait();
      }
      supervisor.terminate();
      assertThat(supervisor.ended().code()).isZero();
    }
  }

  private static boolean serves(InetSocketAddress http) {
    return Ran.holdfast("get", "services", "--server", "http://" + text(http)).code() == 0;
  }

  private HoldfastProcess removed(InetSocketAddress http) throws Exception {
    return HoldfastProcess.start(
        Map.of("HOLDFAST_REJOINS_AT", text(http) + " " + ANY),
        "supervisor",
        "--http",
        ANY,
        "--grpc",
        ANY,
        "--cluster",
        ANY,
        "--data",
        data.toString());
  }

  private static String text(InetSocketAddress address) {
    return SocketAddressText.of(address);
  }

  private static void awaitComplaint(HoldfastProcess process, String text) throws Exception {
    while (!process.complaint().contains(text)) {
      // What else it logs does not matter here.
    }
  }
}
