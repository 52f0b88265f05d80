package io.holdfast.core.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every situation against every input. What is not listed changes nothing and does nothing; the
 * search for a place, which every decision begins again, is left out here.
 */
final class DecisionTableTest {

  private static final String TABLE =
      """
      BLANK | ENSURED_AGAIN | SpecAccepted

      VACANT BACKING_OFF HELD ENDED GONE | LAUNCHED STARTED READY UNREADY STOPPING | stop web/0#1
      VACANT BACKING_OFF HELD ENDED GONE | CRASHED SUCCEEDED         | forget web/0#1
      VACANT BACKING_OFF HELD ENDED GONE | ENDED_AS_ASKED ENDED_WITH_AGENT | forget web/0#1
      VACANT BACKING_OFF HELD ENDED      | RESTART_REQUESTED         | SlotsRevived
      VACANT BACKING_OFF HELD ENDED      | REMOVED                   | RemovalBegan
      VACANT                             | PLACED                    | InstanceLaunched, launch web/0#1

      LAUNCHING | STARTED UNREADY STOPPING | InstanceStarted
      LAUNCHING | READY                    | InstanceStarted, InstanceReadied
      LAUNCHING | MISSED                   | launch web/0#1
      STARTED   | READY                    | InstanceReadied
      READY     | STARTED UNREADY STOPPING | InstanceUnreadied

      STARTED READY           | MISSED            | InstanceExited, InstanceLaunched, launch web/0#2
      LAUNCHING STARTED READY | CRASHED SUCCEEDED | InstanceExited, InstanceLaunched, launch web/0#2, forget web/0#1
      LAUNCHING STARTED READY | ENDED_AS_ASKED ENDED_WITH_AGENT | InstanceExited, forget web/0#1
      LAUNCHING STARTED READY | RESTART_REQUESTED | SlotsRevived, RolloutBegan, TurnBegan
      LAUNCHING STARTED READY | REMOVED           | RemovalBegan, drain web/0#1

      NEWCOMER_WANTED NEWCOMER_LAUNCHING NEWCOMER_READY | STARTED UNREADY STOPPING        | InstanceUnreadied
      NEWCOMER_WANTED NEWCOMER_LAUNCHING NEWCOMER_READY | ENDED_AS_ASKED ENDED_WITH_AGENT | InstanceExited, forget web/0#1
      NEWCOMER_WANTED                   | CRASHED SUCCEEDED | InstanceExited, InstanceLaunched, launch web/0#2, forget web/0#1
      NEWCOMER_WANTED                   | MISSED            | InstanceExited, InstanceLaunched, launch web/0#2
      NEWCOMER_WANTED                   | PLACED            | IncomingLaunched, launch web/0#2
      NEWCOMER_WANTED                   | RESTART_REQUESTED | SlotsRevived, RolloutBegan, TurnBegan
      NEWCOMER_WANTED                   | REMOVED           | RemovalBegan, drain web/0#1
      NEWCOMER_LAUNCHING NEWCOMER_READY | CRASHED SUCCEEDED | InstanceExited, InstanceLaunched, launch web/0#3, forget web/0#1
      NEWCOMER_LAUNCHING NEWCOMER_READY | MISSED            | InstanceExited, InstanceLaunched, launch web/0#3
      NEWCOMER_LAUNCHING NEWCOMER_READY | RESTART_REQUESTED | SlotsRevived, DrainBegan, drain web/0#2, RolloutBegan, TurnBegan
      NEWCOMER_LAUNCHING NEWCOMER_READY | REMOVED           | RemovalBegan, drain web/0#1, drain web/0#2
      NEWCOMER_LAUNCHING NEWCOMER_READY | NEWCOMER_CRASHED  | InstanceExited, forget web/0#2, RolloutEnded
      NEWCOMER_LAUNCHING                | NEWCOMER_READY    | InstanceStarted, InstanceReadied
      NEWCOMER_LAUNCHING                | NEWCOMER_MISSED   | launch web/0#2
      NEWCOMER_READY                    | NEWCOMER_MISSED   | InstanceExited, RolloutEnded

      STOPPING_FIRST LEAVING STOPPING GONE_LEAVING | CRASHED SUCCEEDED ENDED_AS_ASKED ENDED_WITH_AGENT | InstanceExited, forget web/0#1
      STOPPING_FIRST LEAVING STOPPING GONE_LEAVING | MISSED            | InstanceExited
      STOPPING_FIRST LEAVING GONE_LEAVING          | DRAINED           | StopBegan, stop web/0#1
      STOPPING_FIRST LEAVING STOPPING              | REMOVED           | RemovalBegan
      STOPPING_FIRST                               | RESTART_REQUESTED | SlotsRevived, RolloutBegan, TurnBegan
      LEAVING STOPPING                             | RESTART_REQUESTED | SlotsRevived
      STOPPING                                     | LAUNCHED STARTED READY UNREADY | stop web/0#1

      VACANT LAUNCHING STARTED READY BACKING_OFF HELD ENDED | NEWCOMER_READY   | stop web/0#2
      VACANT LAUNCHING STARTED READY BACKING_OFF HELD ENDED | NEWCOMER_CRASHED | forget web/0#2
      STOPPING_FIRST LEAVING STOPPING GONE_LEAVING GONE     | NEWCOMER_READY   | stop web/0#2
      STOPPING_FIRST LEAVING STOPPING GONE_LEAVING GONE     | NEWCOMER_CRASHED | forget web/0#2
      NEWCOMER_WANTED                                       | NEWCOMER_READY   | stop web/0#2
      NEWCOMER_WANTED                                       | NEWCOMER_CRASHED | forget web/0#2

      VACANT LAUNCHING STARTED READY BACKING_OFF HELD ENDED | STRANGER_READY   | stop web/3#99
      VACANT LAUNCHING STARTED READY BACKING_OFF HELD ENDED | STRANGER_CRASHED | forget web/3#99
      STOPPING_FIRST LEAVING STOPPING GONE_LEAVING GONE     | STRANGER_READY   | stop web/3#99
      STOPPING_FIRST LEAVING STOPPING GONE_LEAVING GONE     | STRANGER_CRASHED | forget web/3#99
      NEWCOMER_WANTED NEWCOMER_LAUNCHING NEWCOMER_READY     | STRANGER_READY   | stop web/3#99
      NEWCOMER_WANTED NEWCOMER_LAUNCHING NEWCOMER_READY     | STRANGER_CRASHED | forget web/3#99

      VACANT BACKING_OFF HELD ENDED GONE ESCALATED | RESTARTED_BY_AGENT RESTARTED_BY_AGENT_BEYOND | forget web/0#1
      HALTED FENCED | RESTARTED_BY_AGENT RESTARTED_BY_AGENT_BEYOND | forget web/0#1
      VACANT LAUNCHING STARTED READY BACKING_OFF HELD | SUCCESSOR_READY | stop web/0#3
      ENDED NEWCOMER_WANTED NEWCOMER_LAUNCHING NEWCOMER_READY STOPPING_FIRST LEAVING | SUCCESSOR_READY | stop web/0#3
      STOPPING GONE_LEAVING GONE IN_GROUP ESCALATED HALTED_LEAVING | SUCCESSOR_READY | stop web/0#3
      HALTED EXCLUSIVE FENCED | SUCCESSOR_READY | stop web/0#3
      LAUNCHING STARTED READY NEWCOMER_WANTED EXCLUSIVE | RESTARTED_BY_AGENT RESTARTED_BY_AGENT_BEYOND | InstanceExited, InstanceLaunched, launch web/0#2, forget web/0#1
      NEWCOMER_LAUNCHING NEWCOMER_READY | RESTARTED_BY_AGENT RESTARTED_BY_AGENT_BEYOND | InstanceExited, InstanceLaunched, launch web/0#3, forget web/0#1
      STOPPING_FIRST LEAVING STOPPING GONE_LEAVING IN_GROUP HALTED_LEAVING | RESTARTED_BY_AGENT RESTARTED_BY_AGENT_BEYOND | InstanceExited, forget web/0#1
      IN_GROUP ESCALATED HALTED_LEAVING HALTED | ENSURED_AGAIN | GroupLeft
      IN_GROUP EXCLUSIVE DELEGATED | REMOVED | RemovalBegan, drain web/0#1
      IN_GROUP EXCLUSIVE DELEGATED | STARTED UNREADY STOPPING | InstanceUnreadied
      IN_GROUP HALTED_LEAVING | CRASHED SUCCEEDED | InstanceExited, forget web/0#1
      IN_GROUP HALTED_LEAVING EXCLUSIVE DELEGATED | ENDED_AS_ASKED ENDED_WITH_AGENT | InstanceExited, forget web/0#1
      IN_GROUP HALTED_LEAVING EXCLUSIVE | MISSED | InstanceExited
      IN_GROUP ESCALATED HALTED_LEAVING HALTED EXCLUSIVE FENCED | NEWCOMER_READY | stop web/0#2
      IN_GROUP ESCALATED HALTED_LEAVING HALTED EXCLUSIVE FENCED | NEWCOMER_CRASHED | forget web/0#2
      DELEGATED | NEWCOMER_CRASHED | forget web/0#2
      IN_GROUP ESCALATED HALTED_LEAVING HALTED EXCLUSIVE FENCED | STRANGER_READY | stop web/3#99
      DELEGATED | STRANGER_READY | stop web/3#99
      IN_GROUP ESCALATED HALTED_LEAVING HALTED EXCLUSIVE FENCED | STRANGER_CRASHED | forget web/3#99
      DELEGATED | STRANGER_CRASHED | forget web/3#99
      IN_GROUP DELEGATED | RESTART_REQUESTED | SlotsRevived, RolloutBegan, TurnBegan
      IN_GROUP | HALT_ORDERED | Halted, DrainBegan, drain web/0#1
      IN_GROUP ESCALATED HALTED_LEAVING HALTED | BEGIN_ORDERED | Begun
      ESCALATED HALTED_LEAVING HALTED FENCED | REMOVED | RemovalBegan
      ESCALATED HALTED FENCED | LAUNCHED STARTED READY UNREADY | stop web/0#1
      ESCALATED HALTED FENCED | STOPPING | stop web/0#1
      ESCALATED HALTED FENCED | CRASHED SUCCEEDED ENDED_AS_ASKED ENDED_WITH_AGENT | forget web/0#1
      ESCALATED HALTED_LEAVING HALTED FENCED | RESTART_REQUESTED | SlotsRevived
      ESCALATED HALTED_LEAVING HALTED | HALT_ORDERED | Halted
      ESCALATED | HOLD_ORDERED | SlotsHeld
      HALTED_LEAVING | DRAINED | StopBegan, stop web/0#1
      EXCLUSIVE | CRASHED SUCCEEDED | InstanceExited, InstanceLaunched, launch web/0#2, forget web/0#1
      EXCLUSIVE | RESTART_REQUESTED | SlotsRevived, RolloutBegan, TurnBegan, DrainBegan, drain web/0#1
      EXCLUSIVE | NODE_AWAY | InstanceExited
      DELEGATED | CRASHED SUCCEEDED RESTARTED_BY_AGENT_BEYOND | InstanceExited, forget web/0#1
      DELEGATED | MISSED | InstanceExited
      DELEGATED | RESTARTED_BY_AGENT | InstanceExited, InstanceLaunched, forget web/0#1

      WATCHED            | EXCEEDED                        | InstanceCondemned, drain web/0#1
      CONDEMNED          | DRAINED                         | StopBegan, stop web/0#1
      WATCHED CONDEMNED  | STARTED UNREADY STOPPING        | InstanceUnreadied
      CONDEMNED_STOPPING | STARTED UNREADY                 | InstanceUnreadied, stop web/0#1
      CONDEMNED_STOPPING | STOPPING                        | InstanceUnreadied
      CONDEMNED_STOPPING | LAUNCHED READY                  | stop web/0#1
      WATCHED            | ENDED_AS_ASKED ENDED_WITH_AGENT | InstanceExited, forget web/0#1
      CONDEMNED CONDEMNED_STOPPING | ENDED_AS_ASKED        | InstanceExited, InstanceLaunched, launch web/0#2, forget web/0#1
      CONDEMNED CONDEMNED_STOPPING | ENDED_WITH_AGENT      | InstanceExited, forget web/0#1
      WATCHED CONDEMNED CONDEMNED_STOPPING | MISSED            | InstanceExited, InstanceLaunched, launch web/0#2
      WATCHED CONDEMNED CONDEMNED_STOPPING | CRASHED SUCCEEDED | InstanceExited, InstanceLaunched, launch web/0#2, forget web/0#1
      WATCHED CONDEMNED CONDEMNED_STOPPING | RESTARTED_BY_AGENT RESTARTED_BY_AGENT_BEYOND | InstanceExited, InstanceLaunched, launch web/0#2, forget web/0#1
      WATCHED CONDEMNED CONDEMNED_STOPPING | RESTART_REQUESTED | SlotsRevived, RolloutBegan, TurnBegan
      WATCHED CONDEMNED CONDEMNED_STOPPING | REMOVED           | RemovalBegan, drain web/0#1
      WATCHED CONDEMNED CONDEMNED_STOPPING | NEWCOMER_READY    | stop web/0#2
      WATCHED CONDEMNED CONDEMNED_STOPPING | NEWCOMER_CRASHED  | forget web/0#2
      WATCHED CONDEMNED CONDEMNED_STOPPING | STRANGER_READY    | stop web/3#99
      WATCHED CONDEMNED CONDEMNED_STOPPING | STRANGER_CRASHED  | forget web/3#99
      WATCHED CONDEMNED CONDEMNED_STOPPING | SUCCESSOR_READY   | stop web/0#3
      """;

  @ParameterizedTest
  @EnumSource
  void everyInputIsAnsweredAsTheTableSays(Situation situation) {
    Map<News, String> row = table().getOrDefault(situation, Map.of());
    for (News news : News.values()) {
      Story story = situation.begin().placesNowhere();
      ServiceState before = story.state();

      story.tell(news.input());

      assertThat(withoutPlaces(story))
          .as("%s, %s", situation, news)
          .isEqualTo(row.getOrDefault(news, ""));
      assertThat(row.containsKey(news) || story.state().equals(before))
          .as("%s, %s: the state may stay", situation, news)
          .isTrue();
    }
  }

  @Test
  void theTableAnswersNoQuestionTwice() {
    assertThat(lines().map(line -> line.situation() + ", " + line.news())).doesNotHaveDuplicates();
  }

  private static String withoutPlaces(Story story) {
    return String.join(
        ", ", story.happened().stream().filter(word -> !word.startsWith("place ")).toList());
  }

  private static Map<Situation, Map<News, String>> table() {
    Map<Situation, Map<News, String>> table = new EnumMap<>(Situation.class);
    lines()
        .forEach(
            line ->
                table
                    .computeIfAbsent(line.situation(), _ -> new EnumMap<>(News.class))
                    .put(line.news(), line.answer()));
    return table;
  }

  private static Stream<Line> lines() {
    return TABLE.lines().filter(text -> !text.isBlank()).flatMap(Line::of);
  }

  /** One cell; a written line stands for each of its situations with each of its inputs. */
  private record Line(Situation situation, News news, String answer) {

    static Stream<Line> of(String text) {
      List<String> cells = Stream.of(text.split("\\|", -1)).map(String::strip).toList();
      return Stream.of(cells.get(0).split(" +", -1))
          .map(Situation::valueOf)
          .flatMap(
              situation ->
                  Stream.of(cells.get(1).split(" +", -1))
                      .map(News::valueOf)
                      .map(news -> new Line(situation, news, cells.get(2))));
    }
  }
}
