package io.holdfast.supervisor.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import io.holdfast.core.InstanceId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.balancing.Latencies;
import io.holdfast.core.balancing.Tally;
import io.holdfast.core.detection.Outcomes;
import io.holdfast.core.detection.Seen;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OutcomeDeskTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final ServiceName WEB = new ServiceName("web");
  private static final ServiceName API = new ServiceName("api");

  private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
  private final ManualTime time = ManualTime.get(kit.system());
  private final TestProbe<OutcomeDesk.Reports> web = kit.createTestProbe();
  private final ActorRef<OutcomeDesk.Command> desk = kit.spawn(OutcomeDesk.create());

  @AfterEach
  void end() {
    kit.shutdownTestKit();
  }

  @Test
  void aServiceIsToldOnceASecondWhatConcernsItByWhoSawIt() {
    desk.tell(new OutcomeDesk.Listen(WEB, web.ref()));
    told("a", seen(WEB, 1, 3), seen(API, 2, 5));
    told("a", seen(WEB, 1, 4));
    told("b", seen(WEB, 1, 1));
    web.expectNoMessage(Duration.ZERO);

    time.timePasses(SECOND);

    List<Outcomes> outcomes = web.receiveMessage().outcomes();
    assertThat(outcomes).extracting(Outcomes::observer).containsExactly("a", "b");
    assertThat(outcomes.getFirst().seen())
        .extracting(Seen::instance, Seen::tally)
        .containsExactly(tuple(new InstanceId(WEB, 0, 1), new Tally(0, 7)));
    assertThat(outcomes.getFirst().over()).isEqualTo(SECOND.multipliedBy(2));
    time.timePasses(SECOND);
    web.expectNoMessage(Duration.ZERO);
  }

  @Test
  void whatWasToldBeforeAServiceListensIsForgotten() {
    told("a", seen(WEB, 1, 3));
    desk.tell(new OutcomeDesk.Listen(WEB, web.ref()));

    time.timePasses(SECOND);

    web.expectNoMessage(Duration.ZERO);
  }

  @Test
  void aServiceThatIgnoresThemOrIsGoneIsToldNothing() {
    desk.tell(new OutcomeDesk.Listen(WEB, web.ref()));
    told("a", seen(WEB, 1, 3));
    desk.tell(new OutcomeDesk.Ignore(WEB));
    told("a", seen(WEB, 1, 3));
    time.timePasses(SECOND);
    web.expectNoMessage(Duration.ZERO);

    TestProbe<OutcomeDesk.Reports> successor = kit.createTestProbe();
    desk.tell(new OutcomeDesk.Listen(WEB, web.ref()));
    desk.tell(new OutcomeDesk.Listen(WEB, successor.ref()));
    web.stop();
    told("a", seen(WEB, 1, 3));
    time.timePasses(SECOND);
    assertThat(successor.receiveMessage().outcomes()).hasSize(1);
  }

  private void told(String observer, Seen... seen) {
    desk.tell(new OutcomeDesk.Told(new Outcomes(observer, SECOND, Stream.of(seen).toList())));
  }

  private static final Latencies NONE = Latencies.NONE;

  private static Seen seen(ServiceName service, int epoch, int failures) {
    return new Seen(
        new InstanceId(service, 0, epoch), new Tally(0, failures), NONE, 0, Duration.ZERO);
  }
}
