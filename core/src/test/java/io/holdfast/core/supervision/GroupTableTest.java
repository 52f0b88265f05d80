package io.holdfast.core.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every situation of a group against every input. What is not listed changes nothing and does
 * nothing.
 */
final class GroupTableTest {

  private static final String TABLE =
      """
      BLANK | ENSURED_AGAIN | SpecAccepted, CascadeBegan, begin db
      BLANK GONE | ENSURED_ANEW | SpecAccepted, CascadeBegan, begin db
      BLANK BEGINNING SETTLED HALTING COMING_UP GIVEN_UP | ENSURED_WITH_ANOTHER | SpecAccepted, CascadeBegan, begin db
      CHILD ESCALATED GONE | ENSURED_WITH_ANOTHER | SpecAccepted, CascadeBegan, begin db
      BEGINNING | ENSURED_ANEW | SpecAccepted, begin db
      BEGINNING SETTLED HALTING COMING_UP GIVEN_UP CHILD | REMOVED | Removed
      ESCALATED GOING_DOWN HALTED | REMOVED | Removed
      BEGINNING | DB_IS_UP | CascadeStepped, begin cache
      BEGINNING | TICKED | begin db
      SETTLED GIVEN_UP CHILD ESCALATED HALTED | ENSURED_ANEW | SpecAccepted
      SETTLED COMING_UP | CACHE_ESCALATES | ChildFailed, CascadeBegan, halt web
      SETTLED | CACHE_ESCALATED_BEFORE | ChildFailed, CascadeBegan, halt web
      HALTING GOING_DOWN | ENSURED_ANEW | SpecAccepted, halt web
      HALTING GOING_DOWN | WEB_IS_DOWN | CascadeStepped, halt cache
      HALTING GOING_DOWN | TICKED | halt web
      COMING_UP | ENSURED_ANEW | SpecAccepted, begin cache
      COMING_UP | CACHE_IS_UP | CascadeStepped, begin web
      COMING_UP | TICKED | begin cache
      GIVEN_UP | CACHE_ESCALATES | ChildGivenUp, hold cache for cache/0#8
      GIVEN_UP | CACHE_ESCALATED_BEFORE | hold cache for cache/0#7
      CHILD ESCALATED | CACHE_ESCALATES | Escalated
      CHILD | CACHE_ESCALATED_BEFORE | Escalated
      CHILD ESCALATED GOING_DOWN HALTED | HALT_ORDERED | Halted, CascadeBegan, halt web
      CHILD ESCALATED | BEGIN_ORDERED | Begun
      ESCALATED | CACHE_IS_UP | EscalationExpired
      ESCALATED | HOLD_ORDERED | ChildGivenUp, hold cache for cache/0#7
      GOING_DOWN | ENSURED_WITH_ANOTHER | SpecAccepted, halt web
      GOING_DOWN HALTED | BEGIN_ORDERED | Begun, CascadeBegan, begin db
      HALTED | ENSURED_WITH_ANOTHER | SpecAccepted
      """;

  @ParameterizedTest
  @EnumSource
  void everyInputIsAnsweredAsTheTableSays(GroupSituation situation) {
    Map<GroupNews, String> row = row(situation);
    for (GroupNews news : GroupNews.values()) {
      Family family = situation.begin();
      GroupState before = family.state();

      news.tell(family);

      assertThat(String.join(", ", family.happened()))
          .as("%s, %s", situation, news)
          .isEqualTo(row.getOrDefault(news, ""));
      assertThat(row.containsKey(news) || family.state().equals(before))
          .as("%s, %s: the state may stay", situation, news)
          .isTrue();
    }
  }

  private static Map<GroupNews, String> row(GroupSituation situation) {
    Map<GroupNews, String> row = new EnumMap<>(GroupNews.class);
    for (String line : TABLE.lines().toList()) {
      List<String> cells = Stream.of(line.split("\\|", -1)).map(String::strip).toList();
      if (List.of(cells.get(0).split(" ", -1)).contains(situation.name())) {
        for (String news : cells.get(1).split(" ", -1)) {
          row.put(GroupNews.valueOf(news), cells.get(2));
        }
      }
    }
    return row;
  }
}
