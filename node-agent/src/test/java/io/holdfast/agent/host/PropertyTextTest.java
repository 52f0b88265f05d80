package io.holdfast.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PropertyTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "  two blanks before",
        "\t\f\r\n",
        "{\"command\": [\"sh\", \"-c\", \"echo 'a\\\\tb' \\u0041 | sed s/a/b/\"]}",
        "#no comment=:!",
        "Grüße, 世界 🌍",
        "ends with \\"
      })
  void whatIsWrittenIsWhatPropertiesRead(String value) throws Exception {
    PropertyText text = new PropertyText();
    text.put("port.http", "80");
    text.put("spec", value);
    text.put("boot", "b");

    Properties read = new Properties();
    read.load(new StringReader(text.toString()));

    assertThat(read)
        .containsEntry("port.http", "80")
        .containsEntry("spec", value)
        .containsEntry("boot", "b")
        .hasSize(3);
  }
}
