package io.holdfast.protocol.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SizeTextTest {

  @ParameterizedTest
  @CsvSource({
    "268435456, 268435456",
    "256Mi, 268435456",
    "1.5Gi, 1610612736",
    "1.5G, 1500000000",
    "512K, 512000",
    "512Ki, 524288",
    "2Ti, 2199023255552",
  })
  void aNumberAndAUnitAreASize(String text, long bytes) {
    assertThat(SizeText.parse(text)).hasValue(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Mi", "-1Mi", "1 Mi", "1MB", "1mi", "1.5", "1e9", "0.0001Ki", "9999999999Ti"})
  void anythingElseIsNone(String text) {
    assertThat(SizeText.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"268435456, 256Mi", "1000000, 1000000", "1537, 1537", "1610612736, 1536Mi"})
  void itIsWrittenWithTheLargestUnitThatLosesNothing(long bytes, String text) {
    assertThat(SizeText.write(bytes)).isEqualTo(text);
    assertThat(SizeText.parse(text)).hasValue(bytes);
  }

  @ParameterizedTest
  @CsvSource({"500m, 500", "2, 2000", "1.5, 1500", "0.25, 250"})
  void processorsAreCountedInThousandths(String text, int thousandths) {
    assertThat(CpuText.parse(text)).hasValue(thousandths);
    assertThat(CpuText.parse(CpuText.write(thousandths).asText())).hasValue(thousandths);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "m", "-1", "1.5m", "1.2345", "one", "1 m"})
  void anythingElseIsNoNumberOfProcessors(String text) {
    assertThat(CpuText.parse(text)).isEmpty();
  }
}
