package io.holdfast.supervisor.journal;

import io.holdfast.core.catalog.Catalog;
import io.holdfast.core.supervision.GroupState;
import io.holdfast.core.supervision.ServiceState;
import io.holdfast.supervisor.node.NodeState;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The name under which each kind of state is kept in snapshots.
 *
 * <p>As with {@link JournalEvents} a name is for ever.
 */
final class JournalStates {

  private static final Map<String, Class<?>> BY_NAME =
      Map.of(
          "service.state/1", ServiceState.class,
          "group.state/1", GroupState.class,
          "node.state/1", NodeState.class,
          "catalog.state/1", Catalog.class);

  private JournalStates() {}

  static Optional<Class<?>> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name)).map(Function.identity());
  }

  static String nameOf(Object state) {
    return BY_NAME.entrySet().stream()
        .filter(kind -> kind.getValue().isInstance(state))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(state.getClass() + " has no name in snapshots"));
  }

  static Map<String, Class<?>> all() {
    return BY_NAME;
  }
}
