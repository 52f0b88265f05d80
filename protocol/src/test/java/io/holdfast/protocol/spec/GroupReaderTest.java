package io.holdfast.protocol.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.core.GroupName;
import io.holdfast.core.spec.GroupSpec;
import io.holdfast.core.spec.Spec;
import io.holdfast.core.spec.Strategy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GroupReaderTest {

  @Test
  void everyKeyOfAGroupIsRead() {
    assertThat(
            specs(
                """
                kind: group
                name: shop
                strategy: rest-for-one
                intensity: 0
                period: 90s
                children: [db, checkout, web]
                """))
        .containsExactly(
            new GroupSpec(
                new GroupName("shop"),
                Strategy.REST_FOR_ONE,
                0,
                Duration.ofSeconds(90),
                List.of("db", "checkout", "web")));
  }

  @Test
  void aGroupNeedsOnlyItsNameAndItsChildren() {
    assertThat(SpecReader.readGroup("kind: group\nname: shop\nchildren: [db]"))
        .isEqualTo(
            new GroupSpec(
                new GroupName("shop"),
                Strategy.ONE_FOR_ONE,
                GroupSpec.USUAL_INTENSITY,
                GroupSpec.USUAL_PERIOD,
                List.of("db")));
  }

  @Test
  void servicesAndGroupsComeInTheOrderOfTheText() {
    assertThat(
            specs(
                """
                kind: group
                name: shop
                children: [web]
                ---
                name: web
                command: [web]
                ---
                {kind: group, name: all, children: [shop]}
                """))
        .extracting(Spec::title)
        .containsExactly("shop", "web", "all");
  }

  @Test
  void aGroupIsNotReadAsAServiceNorAServiceAsAGroup() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpecReader.readOne("{kind: group, name: shop, children: [a]}"))
        .withMessage("expected a service, got the group shop");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpecReader.readGroup("{name: web, command: [web]}"))
        .withMessage("expected a group, got the service web");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "strategy: all | line 4: strategy: expected one of one-for-one, one-for-all, rest-for-one,"
            + " got 'all'",
        "strategy: rest-for-onee | line 4: strategy: expected one of one-for-one, one-for-all,"
            + " rest-for-one, got 'rest-for-onee'; did you mean rest-for-one?",
        "intensity: -1 | line 4: intensity: expected 0 to 1000000, got -1",
        "intensity: few | line 4: intensity: expected a whole number, got 'few'",
        "period: 0s | line 4: period: expected a duration above 0 and at most 365d",
        "period: 5 | line 4: period: expected a duration like 200ms, 5s or 1m, got '5'",
        "command: [shop] | line 4: command: unknown key, expected one of kind, name, strategy,"
            + " intensity, period, children",
        "resources: {} | line 4: resources: unknown key, expected one of kind, name, strategy,"
            + " intensity, period, children",
        "childern: [db] | line 4: childern: unknown key, expected one of kind, name, strategy,"
            + " intensity, period, children; did you mean children?",
        "children: [web] | line 4: children: expected each key once, it is on line 3 already",
      })
  void aWrongValueOfAGroupIsToldWithWhatWasExpected(String line, String problem) {
    assertThat(problems("kind: group\nname: shop\nchildren: [db]\n" + line))
        .containsExactly(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "children: db | line 3: children: expected a list, got 'db'",
        "children: | line 3: children: expected a list, got nothing",
        "children: [] | line 3: children: expected 1 to 1000 names of services or groups, got 0",
        "children: [db, db] | line 3: children: expected each child once, got 'db' twice",
        "children: [db, shop] | line 3: children: expected others, got the group itself",
        "children: [db, Web] | line 3: children[1]: expected the name of a service or group, got"
            + " 'Web'",
        "children: [{}, db] | line 3: children[0]: expected the name of a service or group, got a"
            + " mapping",
        "children: ['1'] | line 3: children[0]: expected the name of a service or group, got the"
            + " text '1'",
        "intensity: 3 | line 1: children: expected a list of services or groups, it is missing",
      })
  void wrongChildrenOfAGroupAreToldWithWhatWasExpected(String line, String problem) {
    assertThat(problems("kind: group\nname: shop\n" + line)).containsExactly(problem);
  }

  @Test
  void everyProblemOfAGroupIsToldWithItsLine() {
    assertThat(
            problems(
                """
                name: web
                command: [web]
                ---
                kind: group
                name: Shop
                strategy: none
                intensity: 1.5
                period: 0s
                children:
                  - DB
                  - web
                  - web
                  - [a]
                """))
        .containsExactly(
            "line 5: name: expected a name like [a-z][a-z0-9-]{0,62}, got 'Shop'",
            "line 6: strategy: expected one of one-for-one, one-for-all, rest-for-one, got 'none'",
            "line 7: intensity: expected a whole number, got '1.5'",
            "line 8: period: expected a duration above 0 and at most 365d",
            "line 9: children: expected each child once, got 'web' twice",
            "line 10: children[0]: expected the name of a service or group, got 'DB'",
            "line 13: children[3]: expected the name of a service or group, got a list");
  }

  @Test
  void aNameStandsOnlyOnceOverServicesAndGroups() {
    String service = "name: web\ncommand: [web]\n";
    String group = "kind: group\nname: web\nchildren: [db]\n";

    assertThat(problems(service + "---\n" + group))
        .containsExactly("line 5: name: expected each name once, 'web' is on line 1 already");
    assertThat(problems(group + "---\n" + service))
        .containsExactly("line 5: name: expected each name once, 'web' is on line 2 already");
    assertThat(problems(group + "---\n" + group))
        .containsExactly("line 6: name: expected each name once, 'web' is on line 2 already");
  }

  private static List<Spec> specs(String text) {
    return switch (SpecReader.read(text)) {
      case SpecReading.Valid(List<Spec> specs) -> specs;
      case SpecReading.Invalid(List<SpecProblem> problems) ->
          throw new AssertionError("expected a valid text, got " + problems);
    };
  }

  private static List<String> problems(String text) {
    return switch (SpecReader.read(text)) {
      case SpecReading.Valid(List<Spec> specs) ->
          throw new AssertionError("expected problems, got " + specs);
      case SpecReading.Invalid(List<SpecProblem> problems) ->
          problems.stream().map(SpecProblem::toString).toList();
    };
  }
}
