package io.holdfast.supervisor.api;

import io.holdfast.core.catalog.Catalog;
import io.holdfast.core.catalog.CatalogEvent;
import io.holdfast.core.catalog.Change;
import io.holdfast.core.catalog.ChangeSet;
import io.holdfast.core.spec.Spec;
import io.holdfast.protocol.spec.SpecReader;
import io.holdfast.protocol.spec.SpecReading;
import java.time.Instant;
import java.util.List;

/** What a catalogue makes of texts that are valid and fit together. */
final class Weighed {

  private Weighed() {}

  /** All of {@code text}, where there was nothing. */
  static List<Change> created(String text) {
    return weigh(Catalog.EMPTY, text).changes();
  }

  /** All of {@code text}, where there was {@code before}. */
  static List<Change> after(String before, String text) {
    ChangeSet.Sound first = weigh(Catalog.EMPTY, before);
    Catalog catalog =
        Catalog.EMPTY.after(
            new CatalogEvent.ChangesApplied(first.entries(), first.groups(), Instant.EPOCH));
    return weigh(catalog, text).changes();
  }

  private static ChangeSet.Sound weigh(Catalog catalog, String text) {
    return switch (ChangeSet.weigh(catalog, specs(text))) {
      case ChangeSet.Sound sound -> sound;
      case ChangeSet.Unsound(var flaws) -> throw new IllegalArgumentException(flaws.toString());
    };
  }

  static List<Spec> specs(String text) {
    return switch (SpecReader.read(text)) {
      case SpecReading.Valid(var specs) -> specs;
      case SpecReading.Invalid(var problems) ->
          throw new IllegalArgumentException(problems.toString());
    };
  }
}
