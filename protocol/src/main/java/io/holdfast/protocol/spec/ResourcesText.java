package io.holdfast.protocol.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.core.spec.Resources;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads and writes what an instance may use of its host. */
final class ResourcesText {

  private ResourcesText() {}

  static Resources read(Section document) {
    return document
        .section("resources")
        .map(section -> section.build(Resources.UNLIMITED, () -> limits(section)))
        .orElse(Resources.UNLIMITED);
  }

  static void write(Resources resources, ObjectNode process) {
    if (!resources.isLimited()) {
      return;
    }
    ObjectNode into = process.putObject("resources");
    resources.memory().ifPresent(bytes -> into.put("memory", SizeText.write(bytes)));
    resources.cpu().ifPresent(thousandths -> into.set("cpu", CpuText.write(thousandths)));
    resources.processes().ifPresent(count -> into.put("processes", count));
  }

  private static Resources limits(Section section) {
    return new Resources(
        section
            .value("memory", SizeText.EXPECTED, ResourcesText::size)
            .map(OptionalLong::of)
            .orElse(OptionalLong.empty()),
        section
            .value("cpu", CpuText.EXPECTED, ResourcesText::cpu)
            .map(OptionalInt::of)
            .orElse(OptionalInt.empty()),
        section
            .value("processes", "expected a whole number", Scalars::whole)
            .map(OptionalInt::of)
            .orElse(OptionalInt.empty()));
  }

  private static Optional<Long> size(SpecNode node) {
    OptionalLong bytes = Scalars.text(node).map(SizeText::parse).orElse(OptionalLong.empty());
    return bytes.isPresent() ? Optional.of(bytes.getAsLong()) : Optional.empty();
  }

  private static Optional<Integer> cpu(SpecNode node) {
    OptionalInt thousandths = Scalars.text(node).map(CpuText::parse).orElse(OptionalInt.empty());
    return thousandths.isPresent() ? Optional.of(thousandths.getAsInt()) : Optional.empty();
  }
}
