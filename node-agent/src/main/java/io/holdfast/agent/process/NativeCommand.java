package io.holdfast.agent.process;

import io.holdfast.core.instance.ExitStatus;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A command in a session of its own. */
final class NativeCommand implements CommandRun {

  private final Poller poller;
  private final Sweeper sweeper;
  private final Pidfd process;
  private final int pid;
  private final CompletableFuture<ExitStatus> end = new CompletableFuture<>();
  private volatile boolean killed;
  private long token;

  private NativeCommand(Poller poller, Sweeper sweeper, Pidfd process, int pid) {
    this.poller = poller;
    this.sweeper = sweeper;
    this.process = process;
    this.pid = pid;
  }

  static NativeCommand start(Poller poller, Sweeper sweeper, Spawn spawn) throws IOException {
    int pid = spawn.start();
    Pidfd process =
        Pidfd.find(pid).orElseThrow(() -> new IOException("its process cannot be watched"));
    NativeCommand run = new NativeCommand(poller, sweeper, process, pid);
    poller.execute(run::watch);
    return run;
  }

  @Override
  public CompletionStage<ExitStatus> end() {
    return end;
  }

  @Override
  public void kill() {
    killed = true;
    poller.execute(
        () -> {
          if (!end.isDone()) {
            process.signal(Signals.KILL);
          }
        });
  }

  private void watch() {
    try {
      token = poller.add(process.fd(), Poller.IN, _ -> ended());
    } catch (IOException e) {
      process.signal(Signals.KILL);
      end.completeExceptionally(e);
    }
  }

  private void ended() {
    poller.remove(token, process.fd());
    if (killed) {
      // Not reaped before the sweep: until then the number of its session cannot be a stranger's.
      sweeper.sweep(
          new Sessions.Remains(pid, OptionalLong.empty(), true, Sessions.ticks()), this::reap);
    } else {
      reap();
    }
  }

  private void reap() {
    ExitStatus status = process.reap().orElse(new ExitStatus.Unknown());
    process.close();
    end.complete(status);
  }
}
