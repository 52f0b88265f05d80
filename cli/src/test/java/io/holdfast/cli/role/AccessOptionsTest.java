package io.holdfast.cli.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.CannotStart;
import io.holdfast.protocol.security.Access;
import io.holdfast.protocol.security.MutualTlsFiles;
import io.holdfast.protocol.security.TlsFiles;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class AccessOptionsTest {

  private static final String PAIR = "--tls-cert c --tls-key k";
  private static final TlsFiles OWN = new TlsFiles(Path.of("c"), Path.of("k"));
  private static final MutualTlsFiles MUTUAL = new MutualTlsFiles(OWN, Path.of("ca"));

  @Command
  static final class Options {
    @Mixin private final AccessOptions access = new AccessOptions();
    @Mixin private final FrontOption front = new FrontOption();

    Optional<TlsFiles> front() throws CannotStart {
      return front.files(access);
    }
  }

  private static Options read(String line) {
    return CommandLine.populateCommand(
        new Options(), line.isEmpty() ? new String[0] : line.split(" ", -1));
  }

  @Test
  void allThreeFilesSecureALink() throws CannotStart {
    assertThat(read("").access.access()).isEqualTo(Access.OPEN);
    assertThat(read(PAIR + " --tls-ca ca --join-token t").access.access())
        .isEqualTo(new Access(Optional.of(MUTUAL), Optional.of(Path.of("t"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {PAIR, "--tls-ca ca", "--tls-cert c --tls-ca ca", "--tls-key k --tls-ca ca"})
  void someOfThemAreNotEnough(String line) {
    assertThatThrownBy(() -> read(line).access.access())
        .isInstanceOf(CannotStart.class)
        .hasMessage("--tls-cert, --tls-key and --tls-ca go together");
  }

  @Test
  void aGatewayMeetsItsClientsWithTheSameCertificateUnlessToldOtherwise() throws CannotStart {
    assertThat(read("").front()).isEmpty();
    assertThat(read(PAIR).front()).contains(OWN);
    assertThat(read(PAIR).access.withFront().tls()).isEmpty();
    assertThat(read(PAIR + " --tls-ca ca").front()).contains(OWN);
    assertThat(read(PAIR + " --tls-ca ca").access.withFront().tls()).contains(MUTUAL);
    assertThat(read(PAIR + " --tls-ca ca --front plain").front()).isEmpty();
  }

  @Test
  void aFrontThatCannotBeIsOneSentence() {
    assertThatThrownBy(() -> read("--front tls").front())
        .hasMessage("--front tls needs --tls-cert and --tls-key");
    assertThatThrownBy(() -> read(PAIR + " --front plain").front())
        .hasMessage("--tls-cert serves nothing with --front plain and no --tls-ca");
    assertThatThrownBy(() -> read("--tls-cert c").front())
        .hasMessage("--tls-cert and --tls-key go together");
    assertThatThrownBy(() -> read("--tls-ca ca").access.withFront())
        .hasMessage("--tls-cert, --tls-key and --tls-ca go together");
  }
}
