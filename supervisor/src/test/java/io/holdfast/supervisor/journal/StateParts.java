package io.holdfast.supervisor.journal;

import io.holdfast.core.spec.GroupSpec;
import io.holdfast.core.spec.ServiceSpec;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Everything that a state is made of: the components of all records within. */
final class StateParts {

  /** Written as the text of a specification, which has golden files of its own. */
  private static final Set<Class<?>> WHOLE = Set.of(ServiceSpec.class, GroupSpec.class);

  private final Set<String> parts = new TreeSet<>();

  private StateParts() {}

  /** What a value of this class may hold. */
  static Set<String> of(Class<?> kind) {
    StateParts all = new StateParts();
    all.expect(kind);
    return all.parts;
  }

  /** What this value holds, and what is empty in it not counted. */
  static Set<String> shownBy(Object state) {
    StateParts all = new StateParts();
    all.show(state);
    return all.parts;
  }

  private void expect(Type type) {
    if (type instanceof ParameterizedType generic) {
      Arrays.stream(generic.getActualTypeArguments()).forEach(this::expect);
    } else if (type instanceof Class<?> kind && kind.isSealed()) {
      Arrays.stream(kind.getPermittedSubclasses()).forEach(this::expect);
    } else if (type instanceof Class<?> kind && isOurs(kind) && parts.add(kind.getName())) {
      for (RecordComponent component : kind.getRecordComponents()) {
        parts.add(name(component));
        expect(component.getGenericType());
      }
    }
  }

  private static boolean isOurs(Class<?> kind) {
    return kind.isRecord() && !WHOLE.contains(kind);
  }

  private static String name(RecordComponent component) {
    return component.getDeclaringRecord().getName() + "." + component.getName();
  }

  private void show(Object value) {
    switch (value) {
      case Optional<?> optional -> optional.ifPresent(this::show);
      case Collection<?> all -> all.forEach(this::show);
      case Map<?, ?> map ->
          Stream.of(map.keySet(), map.values()).flatMap(Collection::stream).forEach(this::show);
      case Record one when isOurs(one.getClass()) -> showAll(one);
      default -> {}
    }
  }

  private void showAll(Record one) {
    parts.add(one.getClass().getName());
    for (RecordComponent component : one.getClass().getRecordComponents()) {
      Object value = read(component, one);
      if (!isEmpty(value)) {
        parts.add(name(component));
      }
      show(value);
    }
  }

  private static boolean isEmpty(Object value) {
    return value.equals(Optional.empty())
        || (value instanceof Collection<?> all && all.isEmpty())
        || (value instanceof Map<?, ?> map && map.isEmpty())
        || value.equals("");
  }

  private static Object read(RecordComponent component, Record one) {
    try {
      Method accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(one);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
