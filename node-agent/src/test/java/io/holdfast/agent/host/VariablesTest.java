package io.holdfast.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.spec.PortSpec;
import io.holdfast.core.spec.ProcessSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class VariablesTest {

  private static final Map<String, String> OWN =
      Map.of("PATH", "/bin", "HOME", "/root", "SECRET", "x");

  @Test
  void onlyAFewVariablesComeFromTheAgent() {
    assertThat(variables(Map.of()).environment().keySet())
        .containsExactly(
            "HOLDFAST_EPOCH",
            "HOLDFAST_NODE_ID",
            "HOLDFAST_SERVICE",
            "HOLDFAST_SLOT",
            "HOME",
            "PATH",
            "PORT",
            "PORT_ADMIN_API",
            "PORT_HTTP");
  }

  @Test
  void theFirstPortAsWrittenIsPort() {
    assertThat(variables(Map.of()).environment())
        .containsEntry("PORT", "20001")
        .containsEntry("PORT_HTTP", "20001")
        .containsEntry("PORT_ADMIN_API", "9100");
  }

  @Test
  void aValueMayNameOtherValuesInAnyOrder() {
    assertThat(variables(Map.of("A", "${B}/a", "B", "${PORT}", "C", "${A}")).environment())
        .containsEntry("A", "20001/a")
        .containsEntry("C", "20001/a");
  }

  @Test
  void aValueThatNamesItselfExtendsWhatWasThere() {
    assertThat(variables(Map.of("PATH", "/opt/bin:${PATH}")).environment())
        .containsEntry("PATH", "/opt/bin:/bin");
  }

  @Test
  void valuesThatNameEachOtherEndSomewhere() {
    assertThat(variables(Map.of("A", "${B}", "B", "${A}")).environment())
        .containsEntry("A", "${A}")
        .containsEntry("B", "${B}");
  }

  @Test
  void whatIsNotSetStaysAsWritten() {
    assertThat(variables(Map.of()).expand("echo ${nobody} $HOME"))
        .isEqualTo("echo ${nobody} $HOME");
  }

  @Test
  void aDoubledSignIsNeverExpanded() {
    assertThat(variables(Map.of()).expand("$${PORT} ${PORT}")).isEqualTo("${PORT} 20001");
  }

  @Test
  void aValueIsNotExpandedAgain() {
    assertThat(variables(Map.of("A", "$${PORT}")).expand("${A}")).isEqualTo("${PORT}");
  }

  @Test
  void nobodyCanPretendToBeAnotherInstance() {
    assertThat(variables(Map.of("HOLDFAST_EPOCH", "99")).environment())
        .containsEntry("HOLDFAST_EPOCH", "17");
  }

  private static Variables variables(Map<String, String> written) {
    ProcessSpec process =
        new ProcessSpec(
            List.of("true"),
            Optional.empty(),
            written,
            Optional.empty(),
            List.of(PortSpec.auto("http"), PortSpec.fixed("admin-api", 9100)));
    return Variables.of(
        OWN,
        process,
        Map.of("http", 20_001, "admin-api", 9100),
        new InstanceId(new ServiceName("web"), 2, 17),
        new NodeId("node-1"));
  }
}
