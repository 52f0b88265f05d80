package io.holdfast.cli.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.CannotStart;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class RoleOptionsTest {

  private static InetSocketAddress address(String text) {
    return new SocketAddressText().convert(text);
  }

  @Test
  void anAddressIsWrittenAsItIsRead() {
    assertThat(SocketAddressText.of(address("127.0.0.1:7400"))).isEqualTo("127.0.0.1:7400");
    assertThat(SocketAddressText.of(address("[::1]:0"))).isEqualTo("[0:0:0:0:0:0:0:1]:0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7400", ":7400", "localhost", "127.0.0.1:65536", "a/b:1", "::1:80"})
  void anythingElseIsNoAddress(String text) {
    assertThatThrownBy(() -> address(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("expected ADDR:PORT");
  }

  @Test
  void theReadyLineHasAKeyForEachListener() {
    assertThat(ReadyLine.of("agent")).hasToString("ready: agent");
    assertThat(
            ReadyLine.of("dev")
                .http(address("127.0.0.1:1"))
                .grpc(address("127.0.0.1:2"))
                .gateway(address("127.0.0.1:3")))
        .hasToString("ready: dev http=127.0.0.1:1 grpc=127.0.0.1:2 gateway=127.0.0.1:3");
  }

  @Test
  void aHostNameIsMadeToFitANodeId() {
    assertThat(LocalNode.fromHostName("db-1.example.com\n")).hasToString("db-1.example.com");
    assertThat(LocalNode.fromHostName("Peter's Mac")).hasToString("Peter-s-Mac");
    assertThat(LocalNode.fromHostName("--")).hasToString("local");
    assertThat(LocalNode.fromHostName("x".repeat(99)).value()).hasSize(63);
  }

  @Test
  void everyRoleHasADirectoryOfItsOwn(@TempDir Path directory) throws CannotStart {
    DataDirectory data = DataDirectory.at(directory.resolve("deep/data"));

    assertThat(data.supervisor()).isDirectory().endsWithRaw(Path.of("supervisor"));
    assertThat(data.agent()).isDirectory();
    assertThat(data.gateway()).isDirectory();
  }

  @Test
  void aFileInTheWayOfTheDataDirectoryIsOneSentence(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("data"), "");

    assertThatThrownBy(() -> DataDirectory.at(file))
        .isInstanceOf(CannotStart.class)
        .hasMessage("cannot make the data directory " + file + ": there is a file of that name");
  }

  @Test
  void whyADirectoryCannotBeMadeIsTold(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");

    assertThatThrownBy(() -> DataDirectory.at(Path.of("/proc/x")))
        .isInstanceOf(CannotStart.class)
        .hasMessage("cannot make the data directory /proc/x: nothing can be made there");
    assertThatThrownBy(() -> DataDirectory.at(file.resolve("x")))
        .isInstanceOf(CannotStart.class)
        .hasMessage("cannot make the data directory " + file + "/x: Not a directory");
  }

  @Test
  void terminationWaitsForARequest() throws InterruptedException {
    Termination termination = Termination.byRequest();
    assertThat(termination.await(Duration.ZERO)).isFalse();

    termination.request();

    assertThat(termination.await(Duration.ZERO)).isTrue();
    assertThat(termination.isRequested()).isTrue();
  }
}
