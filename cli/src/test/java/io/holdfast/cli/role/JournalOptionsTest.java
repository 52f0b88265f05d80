package io.holdfast.cli.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.CannotStart;
import io.holdfast.supervisor.JournalSettings;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class JournalOptionsTest {

  private static final String URL = "jdbc:postgresql://db.example.com:5432/holdfast";
  private static final Map<String, String> WHO = Map.of("PGUSER", "hold", "PGPASSWORD", "fast");

  private static JournalSettings read(String... args) throws CannotStart {
    return CommandLine.populateCommand(new JournalOptions(), args).settings(WHO);
  }

  private static JournalSettings postgres(String url) throws CannotStart {
    return read("--journal", "postgres", "--journal-url", url);
  }

  @Test
  void theJournalIsInTheDataDirectoryUnlessAnotherIsAskedFor() throws CannotStart {
    assertThat(read()).isEqualTo(new JournalSettings.Embedded());
    assertThat(read("--journal", "h2")).isEqualTo(new JournalSettings.Embedded());
  }

  @Test
  void whoConnectsStandsInTheEnvironment() throws CannotStart {
    assertThat(postgres(URL))
        .isEqualTo(new JournalSettings.Postgres(URL, Optional.of("hold"), Optional.of("fast")));
    assertThat(postgres(URL).toString()).doesNotContain("fast ").doesNotContain("=fast");
  }

  @Test
  void aUserInTheUrlGoesBeforeThatOfTheEnvironment() throws CannotStart {
    assertThat(postgres(URL + "?sslmode=require&user=me"))
        .isEqualTo(
            new JournalSettings.Postgres(
                URL + "?sslmode=require&user=me", Optional.empty(), Optional.of("fast")));
  }

  @ParameterizedTest
  @CsvSource({
    "--journal postgres, --journal postgres needs --journal-url",
    "--journal-url jdbc:postgresql://h:1/d, --journal-url goes with --journal postgres",
    "--journal h2 --journal-url jdbc:postgresql://h:1/d, --journal-url goes with --journal postgres"
  })
  void whatDoesNotGoTogetherIsOneSentence(String line, String sentence) {
    assertThatThrownBy(() -> read(line.split(" ", -1)))
        .isInstanceOf(CannotStart.class)
        .hasMessageStartingWith(sentence);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "db.example.com",
        "postgresql://h:1/d",
        "jdbc:postgresql://h:1",
        "jdbc:postgresql://h:1/",
        "jdbc:postgresql://h:x/d",
        "jdbc:h2:mem:x"
      })
  void anythingElseIsNoUrl(String url) {
    assertThatThrownBy(() -> postgres(url))
        .isInstanceOf(CannotStart.class)
        .hasMessage(
            "--journal-url: expected jdbc:postgresql://HOST:PORT/DATABASE, got '" + url + "'");
  }

  @Test
  void aPasswordInTheUrlIsRefusedAndNotRepeated() {
    assertThatThrownBy(() -> postgres(URL + "?user=me&password=secret"))
        .isInstanceOf(CannotStart.class)
        .hasMessageStartingWith("--journal-url must not hold the password")
        .hasMessageNotContaining("secret");
  }
}
