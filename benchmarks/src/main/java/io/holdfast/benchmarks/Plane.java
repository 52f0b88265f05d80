package io.holdfast.benchmarks;

import io.holdfast.core.CannotStart;
import io.holdfast.supervisor.Supervisor;
import io.holdfast.supervisor.SupervisorSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/** A supervisor in this JVM, on free ports, and its admin API. */
final class Plane implements AutoCloseable {

  private final Supervisor supervisor;
  private final Api api;

  private Plane(Supervisor supervisor) {
    this.supervisor = supervisor;
    this.api = new Api(supervisor.httpAddress().getPort());
  }

  static Plane open(Path data) throws CannotStart {
    return new Plane(
        Supervisor.start(new SupervisorSettings(House.free(), House.free(), House.free(), data)));
  }

  InetSocketAddress grpc() {
    return supervisor.grpcAddress();
  }

  void apply(String yaml) throws IOException, InterruptedException {
    api.apply(yaml);
  }

  String get(String path) throws IOException, InterruptedException {
    return api.get(path);
  }

  void post(String path) throws IOException, InterruptedException {
    api.post(path);
  }

  @Override
  public void close() {
    supervisor.close();
    api.close();
  }
}
