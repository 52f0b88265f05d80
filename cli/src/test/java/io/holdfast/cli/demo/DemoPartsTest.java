package io.holdfast.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.protocol.spec.SpecReader;
import io.holdfast.protocol.spec.SpecReading;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoPartsTest {

  private static final Instant START = Instant.parse("2026-11-23T07:00:00Z");

  private static final Fault REPAIRED =
      new Fault(
          1,
          "KILL db/0#1",
          START.plusSeconds(3),
          Optional.of(Duration.ofMillis(4)),
          Optional.of(Duration.ofMillis(9)),
          Optional.of(Duration.ofMillis(812)),
          0);
  private static final Fault LOST =
      new Fault(
          2,
          "CRASH web/1#4",
          START.plusSeconds(9),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          3);

  @Test
  void theServicesAreValidAndThere() {
    SpecReading reading = SpecReader.read(DemoServices.specs());

    assertThat(reading).isInstanceOf(SpecReading.Valid.class);
    assertThat(((SpecReading.Valid) reading).specs())
        .extracting(spec -> spec.title())
        .containsExactlyElementsOf(DemoServices.NAMES);
  }

  @Test
  void theLastLineCountsFaultsAndRequests() {
    assertThat(FaultText.summary(List.of(REPAIRED, LOST), 4_000, 3))
        .isEqualTo("demo: faults=2 repaired=1 requests=4000 failed=3");
  }

  @Test
  void theTableHasARowForEachFault() {
    assertThat(FaultText.table(List.of(REPAIRED, LOST), START))
        .isEqualToNormalizingNewlines(
            """
            #  FAULT          INJECTED AT  DETECTED  ISOLATED  REPAIRED  FAILED
            1  KILL db/0#1    +3.00 s      4 ms      9 ms      812 ms    0
            2  CRASH web/1#4  +9.00 s      no        no        no        3
            """);
  }

  @Test
  void theDirectoryOfADeadDemoIsRemovedAndThatOfALiveOneIsKept(@TempDir Path directory)
      throws Exception {
    long nobody = ProcessHandle.allProcesses().mapToLong(ProcessHandle::pid).max().orElse(1) + 99;
    Path dead = Files.createDirectories(directory.resolve("holdfast-demo-" + nobody + "-x/agent"));
    Path live =
        Files.createDirectory(
            directory.resolve("holdfast-demo-" + ProcessHandle.current().pid() + "-x"));
    Path other = Files.createDirectory(directory.resolve("holdfast-demo-notes"));
    Files.writeString(dead.resolve("file"), "");

    DemoDirectory.removeAbandoned(directory);

    assertThat(dead.getParent()).doesNotExist();
    assertThat(live).exists();
    assertThat(other).exists();
  }

  @Test
  void theDirectoryIsGoneAtTheEnd() throws Exception {
    Path path;
    try (DemoDirectory directory = DemoDirectory.make()) {
      path = directory.path();
      Files.createDirectories(path.resolve("a/b"));
    }
    assertThat(path).doesNotExist();
  }

  @Test
  void onlyAUsualPortThatIsTakenIsSwapped() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), taken.getLocalPort());

      assertThat(FreePort.unlessFree(address, address.getPort()).getPort()).isZero();
      assertThat(FreePort.unlessFree(address, 7400)).isEqualTo(address);
    }
  }
}
