package io.holdfast.core.catalog;

import io.holdfast.core.ServiceName;
import io.holdfast.core.catalog.Catalog.Entry;
import io.holdfast.core.catalog.Catalog.Past;
import io.holdfast.core.spec.ServiceSpec;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The way of a service back to what it ran before, with as many instances as it has now. */
public sealed interface Return {

  record To(Entry entry) implements Return {}

  /** There is no way; {@code why} is a sentence. */
  record Nowhere(String why) implements Return {}

  /** There is no such service. */
  record Unknown() implements Return {}

  /**
   * To {@code version}, or to the newest earlier one that differs from what is there and was not
   * gone back from.
   */
  static Return of(Catalog catalog, ServiceName service, OptionalLong version) {
    Optional<Entry> current = catalog.find(service);
    if (current.isEmpty()) {
      return new Unknown();
    }
    List<Past> past = catalog.past(service);
    Optional<Past> found =
        version.isPresent()
            ? past.stream().filter(one -> one.version() == version.getAsLong()).findFirst()
            : past.reversed().stream()
                .filter(one -> !one.withdrawn())
                .filter(one -> !one.spec().isLike(current.get().spec()))
                .findFirst();
    return found
        .<Return>map(one -> to(catalog, current.get(), one.spec()))
        .orElseGet(() -> new Nowhere(nowhere(service, past, version)));
  }

  /** To what a service says has worked; only from the version that it says has failed. */
  static Return of(Catalog catalog, ServiceSpec worked, long failed) {
    return catalog
        .find(worked.name())
        .filter(current -> current.version() == failed)
        .<Return>map(current -> to(catalog, current, worked))
        .orElseGet(Unknown::new);
  }

  private static Return to(Catalog catalog, Entry current, ServiceSpec spec) {
    ServiceSpec next = spec.withInstances(current.spec().instances());
    return switch (ChangeSet.weigh(catalog, List.of(next))) {
      case ChangeSet.Sound _ -> new To(new Entry(catalog.nextVersion(next.name()), next));
      case ChangeSet.Unsound(var flaws) ->
          new Nowhere(
              "It cannot go back: "
                  + flaws.stream()
                      .map(flaw -> flaw.path() + ": " + flaw.detail())
                      .collect(Collectors.joining("; "))
                  + ".");
    };
  }

  private static String nowhere(ServiceName service, List<Past> past, OptionalLong version) {
    String known =
        past.isEmpty()
            ? ""
            : "; those that are remembered are "
                + past.stream().map(Return::word).collect(Collectors.joining(", "));
    return version.isPresent()
        ? "'" + service + "' has no earlier version " + version.getAsLong() + known
        : "'" + service + "' has no earlier version to go back to" + known;
  }

  private static String word(Past past) {
    return past.version() + (past.withdrawn() ? " (gone back from)" : "");
  }
}
