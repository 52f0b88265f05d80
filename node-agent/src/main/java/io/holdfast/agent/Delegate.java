package io.holdfast.agent;

import io.holdfast.agent.host.BudgetStore;
import io.holdfast.core.InstanceId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.instance.Exit;
import io.holdfast.core.spec.ServiceSpec;
import io.holdfast.core.supervision.Budget;
import io.holdfast.core.supervision.OwnBudget;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides which ends the agent answers itself, within the supervisor's budgets. On the loop. */
final class Delegate {

  private static final Logger LOG = LoggerFactory.getLogger(Delegate.class);

  private final BudgetStore store;
  private final Clock clock;
  private final Map<ServiceName, OwnBudget> budgets = new HashMap<>();
  private HostTokens tokens = HostTokens.full(System.nanoTime());

  Delegate(BudgetStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Takes over what earlier agents have left. */
  void resume() throws IOException {
    budgets.putAll(store.read());
  }

  /**
   * The supervisor's newest word on a service.
   *
   * @param needed false when nothing of the service is here
   */
  void told(Budget word, boolean needed) {
    ServiceName service = word.service();
    boolean empty = word.limit() <= 0 || !word.validFor().isPositive();
    boolean first = !budgets.containsKey(service);
    if (!needed && (empty || (first && budgets.size() >= InstanceHost.MOST_INSTANCES))) {
      drop(service);
      return;
    }
    OwnBudget known = budgets.get(service);
    OwnBudget renewed =
        known == null ? OwnBudget.of(word, clock.instant()) : known.renewed(word, clock.instant());
    budgets.put(service, renewed);
    try {
      store.write(service, renewed);
    } catch (IOException e) {
      // It is written again before it is used, and not used if that fails.
      LOG.warn("The budget of {} could not be written: {}", service, e.toString());
    }
  }

  /** The launch that may take the place of {@code dead} at once; it is spent with that. */
  Optional<InstanceId> successor(InstanceId dead, ServiceSpec spec, Exit exit) {
    if (!isOwn(exit) || exit.isFinalFor(spec.restart().type()) || spec.exclusivity().required()) {
      return Optional.empty();
    }
    return Optional.ofNullable(budgets.get(dead.service()))
        .flatMap(budget -> budget.use(dead, clock.instant()))
        .flatMap(use -> spend(dead, use));
  }

  /** A failure of the service itself. That of a host is answered by who sees other hosts. */
  private static boolean isOwn(Exit exit) {
    return switch (exit.cause()) {
      case SELF, LAUNCH, START_DEADLINE, LIVENESS -> exit.isFailure();
      case THRESHOLDS, NODE_LOST, LEASE, REQUESTED, SHUTDOWN -> false;
    };
  }

  private Optional<InstanceId> spend(InstanceId dead, OwnBudget.Use use) {
    Optional<HostTokens> left = tokens.take(System.nanoTime());
    if (left.isEmpty()) {
      LOG.warn("{} is not restarted unasked: too much fails on this host", dead);
      return Optional.empty();
    }
    try {
      store.write(dead.service(), use.rest());
    } catch (IOException e) {
      LOG.warn("{} is not restarted unasked, its budget cannot be written: {}", dead, e.toString());
      return Optional.empty();
    }
    tokens = left.get();
    budgets.put(dead.service(), use.rest());
    return Optional.of(use.successor());
  }

  private void drop(ServiceName service) {
    budgets.remove(service);
    try {
      store.delete(service);
    } catch (IOException e) {
      LOG.warn("The void budget of {} could not be deleted: {}", service, e.toString());
    }
  }
}
