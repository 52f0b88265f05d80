package io.holdfast.agent.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that waits on any number of descriptors and runs their handlers. */
final class Poller implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Poller.class);

  static final int IN = 1;
  static final int HANG_UP = 0x10;

  private static final int ADD = 1;
  private static final int DELETE = 2;
  private static final int MODIFY = 3;
  private static final int BATCH = 64;
  private static final long WAKE = 0;
  private static final int O_CLOEXEC_NONBLOCK = 0x80000 | 0x800;

  // The kernel packs the structure on x86-64 only.
  private static final boolean PACKED = System.getProperty("os.arch").equals("amd64");
  private static final int EVENT_BYTES = PACKED ? 12 : 16;
  private static final int DATA_OFFSET = PACKED ? 4 : 8;

  private static final NativeCall CREATE = NativeCall.of("epoll_create1", JAVA_INT, JAVA_INT);
  private static final NativeCall CONTROL =
      NativeCall.of("epoll_ctl", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
  private static final NativeCall WAIT =
      NativeCall.of("epoll_wait", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
  private static final NativeCall EVENTFD = NativeCall.of("eventfd", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final NativeCall WRITE =
      NativeCall.of("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
  private static final NativeCall READ =
      NativeCall.of("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);

  private final int epoll;
  private final int wake;
  private final Thread thread;
  private final AtomicLong tokens = new AtomicLong(WAKE);
  private final Map<Long, IntConsumer> handlers = new ConcurrentHashMap<>();
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private volatile boolean closed;
  private boolean open = true;

  private Poller(String name, int epoll, int wake) {
    this.epoll = epoll;
    this.wake = wake;
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
  }

  static Poller start(String name) throws IOException {
    int epoll = Fds.check("epoll_create1", CREATE.call(0x80000));
    int wake = Fds.check("eventfd", EVENTFD.call(0, O_CLOEXEC_NONBLOCK));
    Poller poller = new Poller(name, epoll, wake);
    Fds.check("epoll_ctl", poller.control(ADD, wake, IN, WAKE));
    poller.thread.start();
    return poller;
  }

  /**
   * Runs {@code handler} on the poller's thread whenever {@code fd} shows one of {@code events}.
   *
   * @return a token for {@link #change} and {@link #remove}
   */
  long add(int fd, int events, IntConsumer handler) throws IOException {
    long token = tokens.incrementAndGet();
    handlers.put(token, handler);
    long result = control(ADD, fd, events, token);
    if (result < 0) {
      handlers.remove(token);
      Fds.check("epoll_ctl", result);
    }
    return token;
  }

  /** Waits for {@code events} only from now on; for hanging up in any case. */
  void change(long token, int fd, int events) {
    control(MODIFY, fd, events, token);
  }

  /** From now on no handler runs for {@code fd}. To be called on the poller's thread only. */
  void remove(long token, int fd) {
    handlers.remove(token);
    control(DELETE, fd, 0, token);
  }

  /** Runs {@code task} on the poller's thread, soon. */
  void execute(Runnable task) {
    tasks.add(task);
    wake();
  }

  @Override
  public void close() {
    closed = true;
    wake();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment events = arena.allocate((long) EVENT_BYTES * BATCH, 8);
      while (!closed) {
        long count = WAIT.call(epoll, events, BATCH, -1);
        for (int i = 0; i < count; i++) {
          dispatch(events.asSlice((long) i * EVENT_BYTES, EVENT_BYTES));
        }
        runTasks();
      }
      runTasks();
    } finally {
      closeFds();
    }
  }

  private void dispatch(MemorySegment event) {
    long token = event.get(JAVA_LONG_UNALIGNED, DATA_OFFSET);
    if (token == WAKE) {
      drainWake();
      return;
    }
    IntConsumer handler = handlers.get(token);
    if (handler != null) {
      guarded(() -> handler.accept(event.get(JAVA_INT_UNALIGNED, 0)));
    }
  }

  private static void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      // One broken handler must not blind the agent for all other processes.
      LOG.error("A process could not be handled", e);
    }
  }

  private void runTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      guarded(task);
    }
  }

  private long control(int operation, int fd, int events, long token) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment event = arena.allocate(EVENT_BYTES, 8);
      event.set(JAVA_INT_UNALIGNED, 0, events);
      event.set(JAVA_LONG_UNALIGNED, DATA_OFFSET, token);
      return CONTROL.call(epoll, operation, fd, event);
    }
  }

  /** Not while or after the descriptor is closed: its number may be somebody else's by then. */
  private synchronized void wake() {
    if (open) {
      try (Arena arena = Arena.ofConfined()) {
        WRITE.call(wake, arena.allocateFrom(JAVA_LONG, 1L), 8L);
      }
    }
  }

  private synchronized void closeFds() {
    open = false;
    Fds.close(epoll);
    Fds.close(wake);
  }

  private void drainWake() {
    try (Arena arena = Arena.ofConfined()) {
      READ.call(wake, arena.allocate(8, 8), 8L);
    }
  }
}
