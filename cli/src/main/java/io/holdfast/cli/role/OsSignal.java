package io.holdfast.cli.role;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * What a signal to this process does. The JDK's class for it is reached by reflection because javac
 * warns of every mention of it and that warning cannot be turned off.
 */
final class OsSignal {

  private final Runnable action;

  private OsSignal(Runnable action) {
    this.action = action;
  }

  /** Runs {@code action} on each signal of this name, which is written without SIG. */
  static void handle(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Method handle = signal.getMethod("handle", signal, handler);
      Object of = signal.getConstructor(String.class).newInstance(name);
      handle.invoke(null, of, new OsSignal(action).proxy(handler));
    } catch (InvocationTargetException _) {
      // The JVM keeps this signal for itself (-Xrs): then it does what it usually does.
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
              default -> "OsSignal";
            });
  }

  /** The handler's method returns nothing; its proxy must return something. */
  private @Nullable Object handled() {
    action.run();
    return null;
  }
}
