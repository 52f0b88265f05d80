package io.holdfast.benchmarks;

import com.google.protobuf.ByteString;
import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.instance.Exit;
import io.holdfast.core.instance.ExitCause;
import io.holdfast.core.instance.ExitStatus;
import io.holdfast.core.supervision.ServiceEvent;
import io.holdfast.core.supervision.Verdict;
import io.holdfast.protocol.backup.BackupHead;
import io.holdfast.protocol.backup.BackupRow;
import io.holdfast.protocol.backup.BackupWriter;
import io.holdfast.supervisor.JournalRestore;
import io.holdfast.supervisor.JournalSettings;
import io.holdfast.supervisor.Supervisor;
import io.holdfast.supervisor.SupervisorSettings;
import io.holdfast.supervisor.journal.JournalSerializer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How long a journal of so many events takes to be restored and backed up on the embedded journal:
 * {@code Backup [EVENTS] [TIMES]}. Half of the events are ends of instances with their evidence.
 */
final class Backup {

  private static final int PER_SERVICE = 500;
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
  private static final NodeId NODE = new NodeId("node-a");

  private final JournalSerializer serializer = new JournalSerializer();

  public static void main(String[] args) throws Exception {
    int events = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
    int times = args.length > 1 ? Integer.parseInt(args[1]) : 5;
    Path directory = Files.createTempDirectory("holdfast-backup");
    Path file = directory.resolve("backup");
    new Backup().write(file, events);
    System.out.printf("%,d events, a file of %,d bytes%n", events, Files.size(file));
    List<Duration> restores = new ArrayList<>();
    List<Duration> backups = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      Path data = directory.resolve("data" + i);
      restores.add(timed(() -> JournalRestore.restore(file, new JournalSettings.Embedded(), data)));
      backUp(data, directory.resolve("again"), backups);
    }
    tell("restore", restores);
    tell("backup", backups);
  }

  private static void backUp(Path data, Path into, List<Duration> backups) throws Exception {
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (Supervisor supervisor = Supervisor.start(new SupervisorSettings(free, free, free, data));
        HttpClient http = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + supervisor.httpAddress().getPort() + "/v1/backup");
      backups.add(
          timed(() -> http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofFile(into))));
    }
  }

  private interface Step {
    Object run() throws Exception;
  }

  private static Duration timed(Step step) throws Exception {
    long begun = System.nanoTime();
    step.run();
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private static void tell(String what, List<Duration> times) {
    List<Duration> sorted = times.stream().sorted().toList();
    System.out.printf(
        "%s: %d ms (%d to %d)%n",
        what,
        sorted.get(sorted.size() / 2).toMillis(),
        sorted.getFirst().toMillis(),
        sorted.getLast().toMillis());
  }

  private void write(Path file, int events) throws IOException {
    BackupWriter writer = new BackupWriter();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      writer.head(new BackupHead("measured", AT)).writeTo(out);
      for (int i = 0; i < events; i++) {
        writer.row(row(i)).writeTo(out);
      }
      writer.end().writeTo(out);
    }
  }

  private BackupRow row(int number) {
    String service = "service" + number / PER_SERVICE;
    int sequence = number % PER_SERVICE + 1;
    ServiceEvent event = event(new InstanceId(new ServiceName(service), 0, sequence));
    return new BackupRow.Event(
        "service|" + service,
        sequence,
        number + 1,
        false,
        "measured",
        AT.toEpochMilli(),
        List.of("holdfast"),
        new BackupRow.Content(
            serializer.identifier(),
            serializer.manifest(event),
            ByteString.copyFrom(serializer.toBinary(event))));
  }

  private static ServiceEvent event(InstanceId instance) {
    if (instance.epoch() % 2 == 0) {
      return new ServiceEvent.InstanceReadied(instance, AT);
    }
    List<String> log = List.of("listening on 127.0.0.1:20001", "out of ideas", "giving up");
    return new ServiceEvent.InstanceExited(
        instance,
        NODE,
        new Exit(new ExitStatus.Signal("KILL", false), ExitCause.SELF, AT, "", log),
        new Verdict.RestartAtOnce(),
        "restart.intensity: 1 of 5 within 1m on node node-a",
        AT);
  }
}
