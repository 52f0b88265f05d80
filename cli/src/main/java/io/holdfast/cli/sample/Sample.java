package io.holdfast.cli.sample;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * The sample service's main class; {@code ./holdfast sample} runs it.
 *
 * <p>{@code GET /} says who answers, {@code GET /health} and {@code GET /ready} how it is. Its
 * switches are requests, see {@link Switches}, and flags, see {@link Flags}.
 */
public final class Sample {

  private static final int BACKLOG = 256;

  private Sample() {}

  public static void main(String[] args) {
    try {
      run(Flags.parse(args, System.getenv()));
    } catch (Flags.BadFlag e) {
      System.err.println("sample: " + e.getMessage());
      System.exit(2);
    } catch (IOException e) {
      System.err.println("sample: cannot listen: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void run(Flags flags) throws IOException {
    Mood mood = new Mood();
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByName(flags.address()), flags.port()), BACKLOG);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", new Pages(identity(), mood));
    server.createContext("/-/", new Switches(mood));
    flags.parent().ifPresent(Parent::endWith);
    startAfter(flags.startDelay(), server);
    System.out.println("sample: serves on port " + server.getAddress().getPort());
    flags.crashAfter().ifPresent(after -> crashLater(after, flags.crashCode()));
  }

  private static void startAfter(Duration delay, HttpServer server) {
    if (delay.isPositive()) {
      pause(delay);
    }
    server.start();
  }

  private static void crashLater(Duration after, int code) {
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              pause(after);
              Mood.crash(code);
            });
  }

  static void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Who answers, from what the agent gives each process. */
  private static Identity identity() {
    Map<String, String> environment = System.getenv();
    return new Identity(
        environment.getOrDefault("HOLDFAST_SERVICE", "sample"),
        environment.getOrDefault("HOLDFAST_SLOT", "0"),
        environment.getOrDefault("HOLDFAST_EPOCH", "0"),
        ProcessHandle.current().pid());
  }

  /** One launch of the service. */
  record Identity(String service, String slot, String epoch, long pid) {
    String json() {
      return "{\"service\":\"%s\",\"slot\":%s,\"epoch\":%s,\"pid\":%d}\n"
          .formatted(service, slot, epoch, pid);
    }
  }
}
