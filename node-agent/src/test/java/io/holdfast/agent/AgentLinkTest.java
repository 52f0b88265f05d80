package io.holdfast.agent;

import static io.holdfast.agent.AgentFixture.end;
import static io.holdfast.agent.AgentFixture.settings;
import static io.holdfast.agent.AgentFixture.shell;
import static io.holdfast.agent.AgentFixture.start;
import static io.holdfast.agent.AgentFixture.started;
import static io.holdfast.agent.AgentFixture.web;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.link.SupervisorLink;
import io.holdfast.agent.log.Said;
import io.holdfast.core.InstanceId;
import io.holdfast.core.detection.Reach;
import io.holdfast.core.instance.Phase;
import io.holdfast.protocol.agent.Hello;
import io.holdfast.protocol.agent.LogChunk;
import io.holdfast.protocol.agent.LogRequest;
import io.holdfast.protocol.reach.Target;
import io.holdfast.protocol.wire.InstanceDigest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AgentLinkTest {

  private static final InstanceId FIRST = web(0, 1);

  @TempDir Path data;
  private FakeSupervisor supervisor;
  private Agent agent;

  @BeforeEach
  void startAll() throws Exception {
    supervisor = FakeSupervisor.start();
    agent = started(data, supervisor);
  }

  @AfterEach
  void endAll() {
    end(agent);
    supervisor.close();
  }

  @Test
  void theGreetingSaysWhoTheAgentIs() throws Exception {
    Hello hello = supervisor.hello();

    assertThat(hello.getNodeId()).isEqualTo("node-1");
    assertThat(hello.getZone()).isEqualTo("zone-a");
    assertThat(hello.getLabelsMap()).containsExactly(Map.entry("disk", "ssd"));
    assertThat(hello.getBootId()).hasSize(36);
    assertThat(hello.getCpus()).isPositive();
    assertThat(hello.getMemoryBytes()).isPositive();
    assertThat(hello.getAddress()).isEmpty();
  }

  @Test
  void heartbeatsAreNumberedFromOne() throws Exception {
    assertThat(supervisor.beat().getSequence()).isEqualTo(1);
    assertThat(supervisor.beat().getSequence()).isEqualTo(2);
  }

  @Test
  void heartbeatsCarryTheDigestOfAllInstances() throws Exception {
    supervisor.launch(FIRST, web("sleep", "600"));
    supervisor.alive(FIRST, Phase.READY);
    long expected = InstanceDigest.of(Map.of(FIRST, Phase.READY));

    // Some that were under way before may come first; a beat that never fits ends the patience.
    supervisor.beat(beat -> beat.getDigest() == expected);
  }

  @Test
  void itLooksAtTheEndpointsOfOtherHosts() throws Exception {
    supervisor.hello();
    InetAddress here = InetAddress.getLoopbackAddress();
    int nobody;
    try (ServerSocket closed = new ServerSocket(0, 50, here)) {
      nobody = closed.getLocalPort();
    }
    try (ServerSocket listening = new ServerSocket(0, 50, here)) {
      assertThat(
              supervisor.check(
                  List.of(
                      new Target(here.getHostAddress(), listening.getLocalPort()),
                      new Target(here.getHostAddress(), nobody))))
          .containsExactly(Reach.ACCEPTED, Reach.REFUSED);
    }
  }

  @Test
  void aLostStreamIsOpenedAgainAndEverythingRunsOn() throws Exception {
    supervisor.hello();
    supervisor.launch(FIRST, web("sleep", "600"));
    long pid = supervisor.alive(FIRST, Phase.READY).pid();

    supervisor.drop();

    assertThat(supervisor.hello().getSnapshot().getReports(0).getPid()).isEqualTo(pid);
  }

  @Test
  void aRefusedAgentComesAgain() throws Exception {
    supervisor.hello();
    supervisor.refuse("this node is already connected");
    supervisor.drop();
    supervisor.hello();
    supervisor.accept();

    supervisor.hello();
    assertThat(supervisor.reported(supervisor.snapshot())).isEmpty();
  }

  @Test
  void anAgentStartsWithoutASupervisorAndFindsItLater(@TempDir Path other) throws Exception {
    InetSocketAddress address = supervisor.address();
    supervisor.close();
    try (Agent lonely = start(other, address)) {
      assertThat(lonely.ready().toCompletableFuture()).isNotDone();

      supervisor = FakeSupervisor.startAt(address);

      lonely.ready().toCompletableFuture().get(20, SECONDS);
    }
  }

  @Test
  void aSupervisorThatStandsStillIsLeftForTheNext(@TempDir Path other) throws Exception {
    try (FakeSupervisor next = FakeSupervisor.start();
        Agent wandering =
            Agent.start(settings(other, List.of(supervisor.address(), next.address()), false))) {
      wandering.ready().toCompletableFuture().get(20, SECONDS);

      // Its connection stays open, and would for the 30 s of its lease.
      supervisor.answerBeats(false);

      assertThat(next.hello().getNodeId()).isEqualTo("node-1");
      assertThat(next.beat().getSequence()).isEqualTo(1);
    }
  }

  @Test
  void theOnlySupervisorIsConnectedToAnewWhenItStandsStill() throws Exception {
    supervisor.hello();
    try (Said said = Said.by(SupervisorLink.class)) {
      supervisor.answerBeats(false);

      supervisor.hello();

      InetSocketAddress address = supervisor.address();
      String where = address.getHostString() + ":" + address.getPort();
      Eventually.holds("it says that the link is back", () -> said.warnings().size() >= 2);
      assertThat(said.warnings())
          .startsWith(
              "No link to the supervisor at "
                  + where
                  + ": it has not answered for 6000ms; trying again, services go on",
              "The link is there again, to the supervisor at " + where);
    }
  }

  @Test
  void aLogIsReadFromSomeLinesBeforeItsEnd() throws Exception {
    supervisor.launch(FIRST, shell("seq 1 100000"));
    supervisor.dead(FIRST);

    supervisor.requestLog(request(1).setTail(3).build());

    assertThat(supervisor.log(_ -> false)).isEqualTo("99998\n99999\n100000\n");
  }

  @Test
  void aLogIsReadInPiecesThatFitTheStream() throws Exception {
    supervisor.launch(FIRST, shell("seq 1 100000"));
    supervisor.dead(FIRST);

    supervisor.requestLog(request(1).build());

    String all =
        IntStream.rangeClosed(1, 100_000).mapToObj(i -> i + "\n").collect(Collectors.joining());
    assertThat(supervisor.log(_ -> false)).isEqualTo(all);
  }

  @Test
  void whoFollowsALogReadsOnInTheNextLaunch() throws Exception {
    supervisor.launch(FIRST, shell("echo one; exec sleep 600"));
    supervisor.alive(FIRST, Phase.READY);
    supervisor.requestLog(request(1).setFollow(true).build());
    assertThat(supervisor.log(text -> text.contains("one"))).isEqualTo("one\n");

    supervisor.stop(FIRST);
    supervisor.launch(web(0, 2), shell("echo two; exec sleep 600"));

    assertThat(supervisor.log(text -> text.contains("two"))).isEqualTo("two\n");
  }

  @Test
  void aLogThatDoesNotExistIsAClearAnswer() throws Exception {
    supervisor.requestLog(request(1).build());

    LogChunk answer = supervisor.chunk();

    assertThat(answer.getEnd()).isTrue();
    assertThat(answer.getError()).isEqualTo("there is no log of web/0 on this node");
  }

  private static LogRequest.Builder request(long number) {
    return LogRequest.newBuilder().setRequest(number).setService("web").setSlot(0);
  }
}
