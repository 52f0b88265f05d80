package io.holdfast.agent.process;

import io.holdfast.core.instance.ExitStatus;
import io.holdfast.core.spec.Resources;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Launches services below the same {@link Shim} as ever, by way of a {@link ProcessBuilder}. */
final class PortableLauncher {

  /** From the fork to the word that the program is about to run: a directory may be slow. */
  private static final Duration MOST = Duration.ofSeconds(10);

  private static final String OUTPUT_MODE = "rw-r-----";

  private final Census census;
  private final PortableWatch watch;
  private final Clock clock;

  PortableLauncher(Census census, PortableWatch watch, Clock clock) {
    this.census = census;
    this.watch = watch;
    this.clock = clock;
  }

  LaunchOutcome launch(LaunchOrder order) {
    try {
      check(order);
      Programs.checkDirectory(order.directory());
      Programs.checkProgram(order.command().getFirst(), order.directory(), order.environment());
      return launch(order, Programs.argv(order.command(), order.environment(), Optional.empty()));
    } catch (CannotLaunch | IOException e) {
      return new LaunchOutcome.Failed(String.valueOf(e.getMessage()));
    }
  }

  /** What cannot be given is refused: a service must not believe that it has it. */
  private static void check(LaunchOrder order) throws CannotLaunch {
    if (order.guard().isPresent()) {
      throw PortableMeans.unable("keep a service exclusive");
    }
    if (!order.resources().equals(Resources.UNLIMITED)) {
      throw PortableMeans.unable("limit what a service uses");
    }
    PortableMeans.checkUser(order.user());
    PortableMeans.checkText(order.command(), order.environment());
    if (Traces.found(order.record()).hasRecord()) {
      throw new CannotLaunch("it has been launched before");
    }
  }

  private LaunchOutcome launch(LaunchOrder order, List<String> argv) throws IOException {
    Traces traces = Traces.freshPortable(order.record());
    Process shim = shim(order, argv, traces);
    CompletableFuture<Optional<String>> heard = new CompletableFuture<>();
    Thread.ofPlatform().daemon().name("holdfast-word").start(() -> heard.complete(word(shim)));
    Optional<Optional<String>> word =
        heard
            .thenApply(Optional::of)
            .completeOnTimeout(Optional.empty(), MOST.toMillis(), TimeUnit.MILLISECONDS)
            .join();
    if (word.isEmpty()) {
      return tooSlow(shim, traces);
    }
    return word.get().filter(PortableLauncher::isIdentity).isPresent()
        ? begun(shim, traces)
        : failed(shim, Shim.reason(word.get()));
  }

  private static Process shim(LaunchOrder order, List<String> argv, Traces traces)
      throws IOException {
    List<String> command = new ArrayList<>();
    // Else what ends the agent's terminal ends its services; not every system has it.
    Programs.found("setsid").ifPresent(command::add);
    command.addAll(Shim.portableService(traces, order.directory(), argv));
    makeLog(traces.output());
    return PortableMeans.builder(command, Processes.marked(order.environment(), order.record()))
        .redirectOutput(ProcessBuilder.Redirect.appendTo(traces.output().toFile()))
        .redirectError(ProcessBuilder.Redirect.PIPE)
        .start();
  }

  private static void makeLog(Path log) throws IOException {
    try {
      Files.createFile(
          log, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OUTPUT_MODE)));
    } catch (FileAlreadyExistsException e) {
      // It is appended to.
      return;
    }
  }

  private static Optional<String> word(Process shim) {
    try (BufferedReader words = shim.errorReader()) {
      return Optional.ofNullable(words.readLine());
    } catch (IOException e) {
      // It has ended without a word.
      return Optional.empty();
    }
  }

  /** What the shim says is what it has written down. */
  private static boolean isIdentity(String word) {
    return !word.isEmpty() && Character.isDigit(word.charAt(0));
  }

  private LaunchOutcome begun(Process shim, Traces traces) {
    Optional<ProcessHandle> service = census.find(traces);
    if (service.isEmpty()) {
      return ended(shim, traces);
    }
    PortableProcess process = PortableProcess.launched(census, service.get(), shim, traces);
    watch.watch(process);
    return new LaunchOutcome.Running(process);
  }

  /** So short a life that only the shim can tell of it. */
  private LaunchOutcome ended(Process shim, Traces traces) {
    shim.onExit().completeOnTimeout(shim, MOST.toMillis(), TimeUnit.MILLISECONDS).join();
    Death death =
        traces.death().orElseGet(() -> new Death(new ExitStatus.Unknown(), clock.instant()));
    watch.clear(traces.directory());
    return new LaunchOutcome.Ended(traces.pid().orElse(0), death);
  }

  private static LaunchOutcome failed(Process shim, String why) {
    shim.descendants().forEach(ProcessHandle::destroyForcibly);
    shim.destroyForcibly();
    return new LaunchOutcome.Failed(why);
  }

  /** It may have come to life just now, when it is too late. */
  private LaunchOutcome tooSlow(Process shim, Traces traces) throws IOException {
    LaunchOutcome failed =
        failed(shim, "it could not be launched within " + MOST.toSeconds() + "s");
    if (!traces.revoke()) {
      census.find(traces).ifPresent(ProcessHandle::destroyForcibly);
      watch.clear(traces.directory());
    }
    return failed;
  }
}
