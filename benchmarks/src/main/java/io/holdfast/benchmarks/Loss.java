package io.holdfast.benchmarks;

import io.holdfast.core.InstanceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/**
 * A host that is lost, and what the views of all supervisors have shown of it since: a thing has
 * come about when the last of them shows it.
 */
final class Loss {

  private static final long NOT_YET = Long.MAX_VALUE;

  private final int host;
  private final String address;
  private final int views;
  private final long begun = System.nanoTime();
  private final Instant at = Instant.now();
  private final long[] around;
  private final Map<InstanceId, Successor> replaced = new TreeMap<>();
  private final Map<InstanceId, Successor> relieved = new TreeMap<>();
  private boolean over;

  /** What takes the place of a lost instance, and when each view had it. */
  private final class Successor {
    private final Predicate<InstanceId> isIt;
    private final long[] seen = unseen();
    private Optional<InstanceId> instance = Optional.empty();

    private Successor(Predicate<InstanceId> isIt) {
      this.isIt = isIt;
    }

    private void seen(int view, long moment, Shown shown) {
      Optional<InstanceId> found = shown.usableElsewhere(address).filter(isIt).findFirst();
      if (found.isPresent() && seen[view] == NOT_YET) {
        seen[view] = moment;
        instance = found;
      }
    }
  }

  /**
   * A replacement.
   *
   * @param after the loss
   */
  record Replaced(InstanceId by, Duration after) {}

  /**
   * It is lost from now on.
   *
   * @param replaced its instances whose slots are to be filled elsewhere
   * @param relieved those for which a standby elsewhere is to take over
   */
  Loss(int host, String address, int views, List<InstanceId> replaced, List<InstanceId> relieved) {
    this.host = host;
    this.address = address;
    this.views = views;
    this.around = unseen();
    for (InstanceId lost : replaced) {
      this.replaced.put(lost, new Successor(id -> isNextOf(lost, id)));
    }
    for (InstanceId lost : relieved) {
      this.relieved.put(lost, new Successor(id -> id.service().equals(lost.service())));
    }
  }

  private static boolean isNextOf(InstanceId lost, InstanceId id) {
    return id.service().equals(lost.service())
        && id.slot() == lost.slot()
        && id.epoch() > lost.epoch();
  }

  private long[] unseen() {
    return LongStream.generate(() -> NOT_YET).limit(views).toArray();
  }

  int host() {
    return host;
  }

  Instant at() {
    return at;
  }

  /** The host is about to return: what the views show of it from now on is of no interest. */
  synchronized void ends() {
    over = true;
  }

  /** A view has another version. */
  synchronized void seen(int view, long moment, Shown shown) {
    if (over) {
      return;
    }
    // What is shown as usable again has not been avoided yet.
    if (shown.usableAt(address).findAny().isPresent()) {
      around[view] = NOT_YET;
    } else if (around[view] == NOT_YET) {
      around[view] = moment;
    }
    replaced.values().forEach(each -> each.seen(view, moment, shown));
    relieved.values().forEach(each -> each.seen(view, moment, shown));
  }

  /** All that was waited for has been shown by all. */
  synchronized boolean isRepaired() {
    return since(around).isPresent()
        && replaced.values().stream().allMatch(each -> since(each.seen).isPresent())
        && relieved.values().stream().allMatch(each -> since(each.seen).isPresent());
  }

  Duration lasting() {
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  /** Until no view showed any of its endpoints as usable. */
  synchronized Optional<Duration> routedAround() {
    return since(around);
  }

  /** Until all views showed another instance in each of its slots; without those that never did. */
  synchronized List<Replaced> replaced() {
    List<Replaced> all = new ArrayList<>();
    for (Successor each : replaced.values()) {
      since(each.seen)
          .ifPresent(after -> all.add(new Replaced(each.instance.orElseThrow(), after)));
    }
    return all;
  }

  /** Until all views showed a standby in the place of each instance that had one. */
  synchronized List<Duration> relieved() {
    return relieved.values().stream().flatMap(each -> since(each.seen).stream()).toList();
  }

  private Optional<Duration> since(long[] moments) {
    long last = LongStream.of(moments).max().orElse(NOT_YET);
    return last == NOT_YET ? Optional.empty() : Optional.of(Duration.ofNanos(last - begun));
  }
}
