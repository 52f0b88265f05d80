package io.holdfast.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.Ran;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChangeCommandsTest {

  private final FakeSupervisor supervisor;

  ChangeCommandsTest() throws IOException {
    supervisor = FakeSupervisor.start();
  }

  @AfterEach
  void stop() {
    supervisor.close();
  }

  @Test
  void restartsAWholeServiceOrOneSlot() {
    supervisor
        .on("POST /v1/services/web/restart", 202, "")
        .on("POST /v1/services/web/restart?slot=2", 202, "");

    assertThat(supervisor.run("restart", "web").out())
        .isEqualToIgnoringNewLines("web is being restarted");
    assertThat(supervisor.run("restart", "web/2").out())
        .isEqualToIgnoringNewLines("web/2 is being restarted");
  }

  @Test
  void scales() {
    supervisor.on("POST /v1/services/web/scale", 202, "");

    assertThat(supervisor.run("scale", "web", "5").code()).isZero();
    assertThat(supervisor.lastBody()).isEqualTo("{\"instances\":5}");
  }

  @Test
  void rollsBackToTheVersionBeforeOrToOneThatIsNamed() {
    supervisor
        .on("POST /v1/services/web/rollback", 202, "")
        .on("POST /v1/services/web/rollback?to=3", 202, "");

    assertThat(supervisor.run("rollback", "web").out())
        .isEqualToIgnoringNewLines("web is being rolled back");
    assertThat(supervisor.run("rollback", "web", "--to", "3").out())
        .isEqualToIgnoringNewLines("web is being rolled back");
    Ran wrong = supervisor.run("rollback", "web", "--to", "x");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("--to").contains("x");
  }

  @Test
  void drainsAndUndrains() {
    supervisor
        .on("POST /v1/nodes/node-a/drain", 202, "")
        .on("POST /v1/nodes/node-a/undrain", 202, "");

    assertThat(supervisor.run("drain", "node-a").out())
        .isEqualToIgnoringNewLines("node-a is draining");
    assertThat(supervisor.run("undrain", "node-a").out())
        .isEqualToIgnoringNewLines("node-a takes instances again");
  }

  @Test
  void aDrainOfAnUnknownNodeSaysSo() {
    supervisor.on(
        "POST /v1/nodes/node-x/drain", 404, "{\"detail\": \"there is no node 'node-x'\"}");

    Ran ran = supervisor.run("drain", "node-x", "--wait");

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).isEqualToIgnoringNewLines("there is no node 'node-x'");
  }

  @Test
  void waitsForADrainToEnd() {
    supervisor
        .on("POST /v1/nodes/node-a/drain", 202, "")
        .on("GET /v1/nodes/node-a", 200, "{\"state\":\"draining\",\"instances\":[\"web/0#1\"]}")
        .on("GET /v1/nodes/node-a", 200, "{\"state\":\"drained\",\"instances\":[]}");

    Ran ran = supervisor.run("drain", "node-a", "--wait");

    assertThat(ran.code()).isZero();
    assertThat(ran.out().lines())
        .containsExactly("node-a is draining", "1 instance is left", "node-a is drained");
  }

  @Test
  void aNodeThatIsLostMeanwhileEndsTheWait() {
    supervisor
        .on("POST /v1/nodes/node-a/drain", 202, "")
        .on("GET /v1/nodes/node-a", 200, "{\"state\":\"lost\",\"instances\":[]}");

    Ran ran = supervisor.run("drain", "node-a", "--wait");

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err())
        .isEqualToIgnoringNewLines("node-a is lost: what was on it is replaced, not moved");
  }

  @Test
  void aDeletionThatIsRefusedSaysWhy() {
    supervisor.on("DELETE /v1/services/db", 409, "{\"detail\": \"web depends on db\"}");

    Ran ran = supervisor.run("delete", "db");

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).isEqualToIgnoringNewLines("web depends on db");
  }

  @Test
  void deletes() {
    supervisor.on("DELETE /v1/services/web", 202, "");

    assertThat(supervisor.run("delete", "web").out())
        .isEqualToIgnoringNewLines("web is being deleted");
  }

  @Test
  void deletesAGroupWhereThatIsSaid() {
    supervisor.on("DELETE /v1/groups/shop", 202, "");

    assertThat(supervisor.run("delete", "--group", "shop").out())
        .isEqualToIgnoringNewLines("group shop is being deleted");
  }

  @Test
  void aSupervisorThatIsNotThereIsOneLine() throws IOException {
    String url = "http://127.0.0.1:" + portNobodyListensOn();

    Ran ran = Ran.holdfast("get", "services", "--server", url);

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err())
        .isEqualToIgnoringNewLines(
            "cannot reach the supervisor at " + url + ": connection refused");
  }

  @Test
  void anAnswerThatBreaksOffIsOneLine() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> hangUpOnEveryone(socket));

      Ran ran =
          Ran.holdfast("get", "nodes", "--server", "http://127.0.0.1:" + socket.getLocalPort());

      assertThat(ran.code()).isEqualTo(1);
      assertThat(ran.err()).contains("the connection to the supervisor at").hasLineCount(1);
    }
  }

  private static void hangUpOnEveryone(ServerSocket socket) {
    try {
      while (!socket.isClosed()) {
        socket.accept().close();
      }
    } catch (IOException _) {
      // The test is over.
    }
  }

  private static int portNobodyListensOn() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
