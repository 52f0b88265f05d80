package io.holdfast.cli.role;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits for TERM, Ctrl-C or a closed terminal; a second one ends the process at once.
 *
 * <p>A shutdown hook would not do: the JVM would leave with 143 instead of 0, and a second Ctrl-C
 * would be ignored. The JDK's signal class is reached by reflection because javac warns of every
 * mention of it and that warning cannot be turned off.
 */
public final class Termination {

  private static final int ENDED_BY_USER = 130;
  private static final String[] SIGNALS = {"TERM", "INT", "HUP"};

  private final CountDownLatch asked = new CountDownLatch(1);

  private Termination() {}

  /**
   * Takes the signals over from now on. One that this process was told to ignore, by nohup or by a
   * shell that put it in the background, stays ignored: the JVM sees to that.
   */
  public static Termination ofProcess() {
    Termination termination = new Termination();
    for (String signal : SIGNALS) {
      termination.handle(signal);
    }
    return termination;
  }

  /** One that only {@link #request} ends. */
  public static Termination byRequest() {
    return new Termination();
  }

  /** What a signal does. */
  public void request() {
    if (asked.getCount() == 0) {
      Runtime.getRuntime().halt(ENDED_BY_USER);
    }
    asked.countDown();
  }

  public void await() throws InterruptedException {
    asked.await();
  }

  /** True as soon as the end is asked for, false after {@code atMost}. */
  public boolean await(Duration atMost) throws InterruptedException {
    return asked.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }

  public boolean isRequested() {
    return asked.getCount() == 0;
  }

  private void handle(String name) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Method handle = signal.getMethod("handle", signal, handler);
      Object of = signal.getConstructor(String.class).newInstance(name);
      handle.invoke(null, of, proxy(handler));
    } catch (InvocationTargetException _) {
      // The JVM keeps this signal for itself (-Xrs): then it ends the process as usual.
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JDK has no sun.misc.Signal", e);
    }
  }

  @SuppressWarnings("ReferenceEquality") // This is where equality is defined.
  private Object proxy(Class<?> handler) {
    return Proxy.newProxyInstance(
        handler.getClassLoader(),
        new Class<?>[] {handler},
        (proxy, method, args) ->
            switch (method.getName()) {
              case "handle" -> handled();
              case "equals" -> proxy == args[0];
              case "hashCode" -> System.identityHashCode(proxy);
              default -> "Termination";
            });
  }

  /** The handler's method returns nothing; its proxy must return something. */
  private @Nullable Object handled() {
    request();
    return null;
  }
}
