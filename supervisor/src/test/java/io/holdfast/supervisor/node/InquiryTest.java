package io.holdfast.supervisor.node;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.receptionist.Receptionist;
import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.detection.Reach;
import io.holdfast.protocol.reach.Target;
import io.holdfast.supervisor.errand.Errand;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** At this door, which this supervisor finds shut. */
final class InquiryTest {

  private static final NodeId NODE = new NodeId("a");
  private static final InstanceId WEB = new InstanceId(new ServiceName("web"), 0, 1);

  private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
  private final ManualTime time = ManualTime.get(kit.system());
  private final TestProbe<NodeDirectory.Command> directory = kit.createTestProbe();
  private final TestProbe<Errand> gateway = kit.createTestProbe();
  private final TestProbe<SortedMap<InstanceId, Reach>> asker = kit.createTestProbe();

  @BeforeEach
  void registerTheGateway() {
    TestProbe<Receptionist.Registered> registered = kit.createTestProbe();
    kit.system()
        .receptionist()
        .tell(Receptionist.register(Errand.GATEWAYS, gateway.ref(), registered.ref()));
    registered.receiveMessage();
  }

  @AfterEach
  void end() {
    kit.shutdownTestKit();
  }

  @Test
  void aGatewayThatIsLetInIsBelieved() throws Exception {
    Errand errand = begun();
    errand.replyTo().tell(new Errand.Done(List.of(Reach.ACCEPTED)));

    assertThat(found()).isEqualTo(Map.of(WEB, Reach.ACCEPTED));
  }

  @Test
  void oneThatFindsItShutAsWellProvesThatItIs() throws Exception {
    Errand errand = begun();
    errand.replyTo().tell(new Errand.Done(List.of(Reach.REFUSED)));

    assertThat(found()).isEqualTo(Map.of(WEB, Reach.REFUSED));
  }

  @Test
  void oneThatDoesNotAnswerIsNotWaitedForBeyondTheDeadline() throws Exception {
    begun();
    asker.expectNoMessage(Duration.ZERO);

    time.timePasses(Duration.ofSeconds(1));

    asker.receiveMessage();
  }

  /** Gives what the gateway is asked; no agent is there to be asked. */
  private Errand begun() throws IOException {
    kit.spawn(Inquiry.of(NODE, Map.of(WEB, shut()), directory.ref(), asker.ref()));
    directory
        .expectMessageClass(NodeDirectory.PickWitnesses.class)
        .replyTo()
        .tell(new Inquiry.Witnesses(List.of()));
    return gateway.receiveMessage();
  }

  private static Door shut() throws IOException {
    try (ServerSocket once = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new Door(new Target("127.0.0.1", once.getLocalPort()), true);
    }
  }

  private Map<InstanceId, Reach> found() {
    return Map.copyOf(asker.receiveMessage());
  }
}
