package io.holdfast.agent.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that speak, and who is heard. */
final class NotifyEarTest {

  private static final String PATH = "/usr/sbin:/usr/bin:/sbin:/bin";
  private static final String SPEAK =
      "use Socket; socket(my $s, AF_UNIX, SOCK_DGRAM, 0);"
          + " sub say_it { my $end = send($s, $_[0], 0, sockaddr_un($ENV{NOTIFY_SOCKET})); } ";

  @TempDir Path record;
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private Processes processes;
  private Optional<ServiceProcess> service = Optional.empty();
  private Optional<NotifyEar> ear = Optional.empty();

  @BeforeEach
  void start() throws Exception {
    assumeTrue(runs("perl -MSocket -e 1"), "needs perl with its Socket module");
    processes = Processes.start(Clock.systemUTC());
  }

  @AfterEach
  void endAll() throws Exception {
    if (service.isPresent()) {
      service.get().signal("KILL");
      service.get().gone().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
    ear.ifPresent(NotifyEar::close);
    Optional.ofNullable(processes).ifPresent(Processes::close);
  }

  @Test
  void whatAChildOfTheServiceSaysIsHeard() throws Exception {
    speak(Optional.empty(), "sh", "-c", "perl -e \"$1\" & wait; sleep 600", "sh", says("'one'"));

    assertThat(next()).isEqualTo("one");
  }

  @Test
  void whatIsSaidIsHeardInTurn() throws Exception {
    speak(Optional.empty(), "perl", "-e", SPEAK + "say_it('one'); say_it('two'); sleep 600");

    assertThat(next()).isEqualTo("one");
    assertThat(next()).isEqualTo("two");
  }

  @Test
  void whoSaysVeryMuchIsHeardToTheEnd() throws Exception {
    int messages = 20_000;
    speak(Optional.empty(), "perl", "-e", SPEAK + "say_it($_) for 1.." + messages + "; sleep 600");

    for (int i = 1; i <= messages; i++) {
      assertThat(next()).isEqualTo(Integer.toString(i));
    }
  }

  @Test
  void aDescriptorThatComesAlongIsClosedWhenItHasBeenHeard() throws Exception {
    assumeTrue(runs("python3 -c 'import socket; socket.send_fds'"), "needs python3 from 3.9 on");
    String script =
        """
        import os, socket, time
        s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        s.connect(os.environ["NOTIFY_SOCKET"])
        reader, writer = os.pipe()
        socket.send_fds(s, [b"BARRIER=1"], [writer])
        os.close(writer)
        os.read(reader, 1)
        s.send(b"through the barrier")
        time.sleep(600)
        """;
    speak(Optional.empty(), "python3", "-c", script);

    assertThat(next()).isEqualTo("BARRIER=1");
    assertThat(next()).isEqualTo("through the barrier");
  }

  @Test
  void aServiceOfAnotherUserIsHeard() throws Exception {
    assumeTrue(Account.ownUid() == 0, "needs root to start a process as another user");
    assumeTrue(Account.find("nobody").isPresent(), "needs a user 'nobody'");
    Files.setPosixFilePermissions(record, PosixFilePermissions.fromString("rwxr-xr-x"));

    speak(Optional.of("nobody"), "perl", "-e", SPEAK + "say_it($>); sleep 600");

    assertThat(next()).isEqualTo(Integer.toString(Account.find("nobody").orElseThrow().uid()));
  }

  private static String says(String what) {
    return SPEAK + "say_it(" + what + "); sleep 600";
  }

  private void speak(Optional<String> user, String... command) throws Exception {
    NotifyEar opened = processes.listen(record, user);
    ear = Optional.of(opened);
    Map<String, String> environment = new HashMap<>(Map.of("PATH", PATH));
    environment.put("NOTIFY_SOCKET", opened.address());
    LaunchOutcome outcome =
        processes.launch(
            new LaunchOrder(record, List.of(command), environment, Path.of("/"), user));
    assertThat(outcome).isInstanceOf(LaunchOutcome.Running.class);
    ServiceProcess process = ((LaunchOutcome.Running) outcome).process();
    service = Optional.of(process);
    opened.listen(process, (text, _) -> heard.add(text));
  }

  private String next() throws InterruptedException {
    String text = heard.poll(20, TimeUnit.SECONDS);
    if (text == null) {
      throw new AssertionError("nothing more was heard");
    }
    return text;
  }

  private static boolean runs(String script) throws Exception {
    return new ProcessBuilder("sh", "-c", script)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }
}
