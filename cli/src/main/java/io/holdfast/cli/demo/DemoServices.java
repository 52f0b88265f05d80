package io.holdfast.cli.demo;

import io.holdfast.cli.sample.Sample;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The demo's services: web needs api, api needs db, and db has a warm standby. */
public final class DemoServices {

  /** In the order in which faults hit them. */
  static final List<String> NAMES = List.of("db", "api", "web");

  private DemoServices() {}

  /** The specifications; every process ends soon after this one is gone. */
  static String specs() {
    return String.join(
        "---\n",
        service("db", "instances: 1\nstandby: {count: 1}"),
        service("api", "instances: 3\ndependsOn: [{service: db, condition: ready}]"),
        service("web", "instances: 2\ndependsOn: [{service: api, condition: ready}]"));
  }

  /** One like them, by itself. */
  public static String alone(String name) {
    return service(name, "instances: 2");
  }

  /** Faults come faster here than in any real service: the usual budget would be spent soon. */
  private static String service(String name, String shape) {
    return """
    kind: service
    name: %s
    %s
    command: %s
    ports: {http: auto}
    restart: {intensity: 1000, backoff: {max: 1s}}
    health: {readiness: {http: /ready, interval: 100ms}}
    stop: {grace: 3s}
    """
        .formatted(name, shape, command());
  }

  private static String command() {
    return List.of(
            java(),
            "-Xmx16m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-cp",
            classPath(),
            Sample.class.getName(),
            "--port",
            "${PORT}",
            "--with-pid",
            String.valueOf(ProcessHandle.current().pid()))
        .stream()
        .map(DemoServices::quoted)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String quoted(String word) {
    return '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** The sample needs nothing but the jar that it is in. */
  private static String classPath() {
    try {
      return Path.of(Sample.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the sample's own place is no path", e);
    }
  }
}
