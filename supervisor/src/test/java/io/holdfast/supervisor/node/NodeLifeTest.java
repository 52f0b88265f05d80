package io.holdfast.supervisor.node;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import com.typesafe.config.ConfigFactory;
import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.instance.Report;
import io.holdfast.supervisor.journal.JournalGate;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node whose actor ends at one supervisor and comes up at another. */
final class NodeLifeTest {

  private static final NodeId NODE = new NodeId("node-a");
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final NodeProfile PROFILE =
      new NodeProfile(
          "10.0.0.1", "", Map.of(), 2, 1L << 30, "boot", "test", true, Map.of(), Optional.empty());

  private final ActorTestKit kit =
      ActorTestKit.create(
          ConfigFactory.parseString(
                  """
                  akka.actor.provider = cluster
                  akka.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
                  akka.actor.testkit.typed.single-expect-default = 60s
                  akka.persistence.journal.plugin = "akka.persistence.journal.inmem"
                  """)
              .withFallback(ManualTime.config()));
  private final ManualTime time = ManualTime.get(kit.system());
  private final AtomicLong ticker = new AtomicLong();
  private final TestProbe<NodeDirectory.Command> directory = kit.createTestProbe();
  private final TestProbe<BrakeActor.Command> brake = kit.createTestProbe();
  private final TestProbe<AgentSession.Command> session = kit.createTestProbe();
  private final TestProbe<NodeActor.ConnectAnswer> answers = kit.createTestProbe();
  private ActorRef<NodeActor.Command> node = kit.createTestProbe(NodeActor.Command.class).ref();

  @BeforeEach
  void connect() {
    comesUp();
    connects();
    assertThat(published().word()).isEqualTo("ready");
  }

  @AfterEach
  void end() {
    kit.shutdownTestKit();
  }

  @Test
  void whatIsKnownOfItStandsUntilItsAgentHasHadTheTimeToIntroduceItself() {
    moves();
    directory.expectNoMessage(Duration.ZERO);

    connects();

    NodeDirectory.Entry after = published();
    assertThat(after.word()).isEqualTo("ready");
    assertThat(after.session()).contains(session.ref());
  }

  @Test
  void itIsNotShownAsReadyWhenItsAgentDoesNot() {
    moves();

    passes(SECOND);

    assertThat(published().word()).isEqualTo("suspect");
  }

  @Test
  void thatItsAgentStaysAwayIsRecordedAndSoIsThatItComesBack() {
    moves();
    passes(NodeActor.PATIENCE.plus(SECOND));
    assertThat(published(NodeCondition.SUSPECT).session()).isEmpty();

    moves();
    connects();

    assertThat(published(NodeCondition.READY).word()).isEqualTo("ready");
  }

  private void comesUp() {
    node =
        kit.spawn(
            NodeActor.create(
                NODE,
                directory.ref(),
                brake.ref(),
                new Nobody(),
                JournalGate.OPEN,
                Clock.systemUTC(),
                ticker::get));
  }

  private void moves() {
    kit.stop(node);
    comesUp();
    directory.expectMessageClass(NodeDirectory.Recall.class);
  }

  private void connects() {
    node.tell(new NodeActor.Connect(PROFILE, "agent", session.ref(), answers.ref()));
    answers.expectMessage(new NodeActor.ConnectAnswer.Welcome());
  }

  private void passes(Duration whole) {
    for (Duration left = whole; left.isPositive(); left = left.minus(SECOND)) {
      ticker.addAndGet(SECOND.toNanos());
      time.timePasses(SECOND);
    }
  }

  /** What the directory is told next. */
  private NodeDirectory.Entry published() {
    return directory.expectMessageClass(NodeDirectory.Update.class).entry();
  }

  /** The first that it is told of the node being so. */
  private NodeDirectory.Entry published(NodeCondition condition) {
    while (true) {
      if (directory.receiveMessage() instanceof NodeDirectory.Update(var entry)
          && entry.condition() == condition) {
        return entry;
      }
    }
  }

  /** No services. */
  private static final class Nobody implements Callers {

    @Override
    public void nodeConnected(ServiceName service, NodeId one) {}

    @Override
    public void nodeAway(ServiceName service, NodeId one, Duration silence, boolean lost) {}

    @Override
    public void foundDead(NodeId one, InstanceId instance) {}

    @Override
    public void missed(NodeId one, InstanceId instance) {}

    @Override
    public void reported(NodeId one, NodeProfile profile, Report report) {}
  }
}
