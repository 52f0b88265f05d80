package io.holdfast.benchmarks;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A network namespace. One thread of this process is in it, and what that thread starts or connects
 * is in it too; mounts stay as they are, unlike with {@code ip netns exec}, so that agents find
 * their control groups.
 */
@SuppressWarnings("restricted") // Native access is what this is for.
final class NetworkNamespace implements Place, AutoCloseable {

  private static final int CLONE_NEWNET = 0x4000_0000;
  private static final int O_RDONLY = 0;
  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle OPEN =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("open"),
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle SETNS =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("setns"),
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  private final String name;
  private final String address;
  private final ExecutorService thread;

  private NetworkNamespace(String name, String address) {
    this.name = name;
    this.address = address;
    this.thread =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name(name).factory());
  }

  /** One that exists. */
  static NetworkNamespace enter(String name, String address) throws Exception {
    NetworkNamespace entered = new NetworkNamespace(name, address);
    entered.inside(
        () -> {
          enter(Path.of("/run/netns", name));
          return name;
        });
    return entered;
  }

  private static void enter(Path file) {
    try (Arena arena = Arena.ofConfined()) {
      int opened = (int) OPEN.invokeExact(arena.allocateFrom(file.toString()), O_RDONLY);
      if (opened < 0 || (int) SETNS.invokeExact(opened, CLONE_NEWNET) != 0) {
        throw new IllegalStateException("the network namespace " + file + " cannot be entered");
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  String name() {
    return name;
  }

  @Override
  public Place beside() throws Exception {
    return enter(name, address);
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public <T> T inside(Callable<T> work) throws Exception {
    Future<T> result = thread.submit(work);
    try {
      return result.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
