package io.holdfast.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.CannotStart;
import io.holdfast.protocol.security.Access;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may make a cluster. */
final class SeedsTest {

  private static final JournalSettings SHARED =
      new JournalSettings.Postgres(
          "jdbc:postgresql://db/holdfast", Optional.empty(), Optional.empty());

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 5, 7})
  void anOddNumberOfSupervisorsWithOneJournalMay(int count) {
    assertThatCode(() -> seeds(count).require(address(0), SHARED)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 6, 8, 9})
  void anyOtherNumberMayNot(int count) {
    assertRefused(
        seeds(count), SHARED, count + " supervisors; a cluster has one, three, five or seven");
  }

  @Test
  void severalNeedOneJournal() {
    assertRefused(seeds(3), new JournalSettings.Embedded(), "several supervisors need one journal");
    assertThatCode(() -> seeds(1).require(address(0), new JournalSettings.Embedded()))
        .doesNotThrowAnyException();
  }

  @Test
  void eachIsNamedOnceAndTheOneThatStartsIsAmongThem() {
    assertRefused(new Seeds(List.of(address(0), address(1), address(1))), SHARED, "twice");
    assertRefused(
        new Seeds(List.of(address(1), address(2), address(3))),
        SHARED,
        "this one as well, whose --cluster is 127.0.0.1:7500");
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 2", "5, 3", "7, 4"})
  void moreThanHalfDecide(int count, int majority) {
    assertThat(seeds(count).majority()).isEqualTo(majority);
  }

  @Test
  void areTheSameInWhateverOrder() {
    assertThat(new Seeds(List.of(address(2), address(0), address(1))).sorted())
        .isEqualTo(seeds(3).sorted())
        .isEqualTo("127.0.0.1:7500,127.0.0.1:7501,127.0.0.1:7502");
  }

  @Test
  void isCheckedBeforeAnythingIsTouched(@TempDir Path data) {
    SupervisorSettings settings =
        new SupervisorSettings(
            address(0), address(0), address(0), seeds(2), data.resolve("new"), SHARED, Access.OPEN);
    assertThatThrownBy(() -> Supervisor.start(settings)).isInstanceOf(CannotStart.class);
    assertThat(data.resolve("new")).doesNotExist();
  }

  private static void assertRefused(Seeds seeds, JournalSettings journal, String why) {
    assertThatThrownBy(() -> seeds.require(address(0), journal))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining(why);
  }

  private static Seeds seeds(int count) {
    return new Seeds(IntStream.range(0, count).mapToObj(SeedsTest::address).toList());
  }

  private static InetSocketAddress address(int number) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 7_500 + number);
  }
}
