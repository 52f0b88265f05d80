package io.holdfast.agent.process;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;

/** One function of the C library. */
final class NativeCall {

  private static final Linker LINKER = Linker.nativeLinker();
  private static final long ERRNO_OFFSET =
      Linker.Option.captureStateLayout().byteOffset(MemoryLayout.PathElement.groupElement("errno"));

  private final String name;
  private final MethodHandle handle;

  private NativeCall(String name, MethodHandle handle) {
    this.name = name;
    this.handle = handle;
  }

  static NativeCall of(String name, MemoryLayout result, MemoryLayout... arguments) {
    return link(name, FunctionDescriptor.of(result, arguments), errno());
  }

  /** A function such as {@code open}, whose arguments from number {@code fixed} on are variadic. */
  static NativeCall variadic(
      int fixed, String name, MemoryLayout result, MemoryLayout... arguments) {
    return link(
        name,
        FunctionDescriptor.of(result, arguments),
        errno(),
        Linker.Option.firstVariadicArg(fixed));
  }

  /** What the function returns; where that is -1, the negated errno. */
  long call(Object... arguments) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
      Object[] all = new Object[arguments.length + 1];
      all[0] = state;
      System.arraycopy(arguments, 0, all, 1, arguments.length);
      long result = (long) handle.invokeExact(all);
      return result == -1 ? -state.get(JAVA_INT, ERRNO_OFFSET) : result;
    } catch (Throwable e) {
      throw new IllegalStateException("cannot call " + name, e);
    }
  }

  private static Linker.Option errno() {
    return Linker.Option.captureCallState("errno");
  }

  @SuppressWarnings("restricted")
  private static NativeCall link(
      String name, FunctionDescriptor descriptor, Linker.Option... options) {
    MemorySegment symbol = LINKER.defaultLookup().findOrThrow(name);
    MethodHandle direct = LINKER.downcallHandle(symbol, descriptor, options);
    int count = direct.type().parameterCount();
    // One shape for all: the arguments in an array, the result widened to long.
    MethodHandle spread =
        direct
            .asType(MethodType.genericMethodType(count).changeReturnType(long.class))
            .asSpreader(Object[].class, count);
    return new NativeCall(name, spread);
  }
}
