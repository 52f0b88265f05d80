package io.holdfast.protocol.spec;

import io.holdfast.core.spec.GroupSpec;
import io.holdfast.core.spec.ServiceSpec;
import io.holdfast.core.spec.Spec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads specifications: YAML or JSON, one document or several. */
public final class SpecReader {

  /** In bytes; a longer text is refused as a whole. */
  public static final int LARGEST = 1024 * 1024;

  /** In one text. */
  public static final int MOST_DOCUMENTS = 1_000;

  private SpecReader() {}

  /** All specifications of the text, or everything that is wrong with it. */
  public static SpecReading read(String text) {
    return read(text, true);
  }

  private static SpecReading read(String text, boolean asked) {
    Problems problems = new Problems();
    List<Spec> specs = specs(documents(text, problems), problems, asked);
    if (specs.isEmpty() && problems.none()) {
      problems.add(1, "", "expected at least one service or group");
    }
    return problems.none()
        ? new SpecReading.Valid(specs)
        : new SpecReading.Invalid(problems.byLine());
  }

  /**
   * The one service of a text that {@link SpecWriter} wrote.
   *
   * @throws IllegalArgumentException when it is anything else
   */
  public static ServiceSpec readOne(String json) {
    return switch (only(json)) {
      case ServiceSpec service -> service;
      case GroupSpec group ->
          throw new IllegalArgumentException("expected a service, got the group " + group.title());
    };
  }

  /**
   * The one group of a text that {@link SpecWriter} wrote.
   *
   * @throws IllegalArgumentException when it is anything else
   */
  public static GroupSpec readGroup(String json) {
    return switch (only(json)) {
      case GroupSpec group -> group;
      case ServiceSpec service ->
          throw new IllegalArgumentException(
              "expected a group, got the service " + service.title());
    };
  }

  private static Spec only(String json) {
    return switch (read(json, false)) {
      case SpecReading.Valid(List<Spec> specs) when specs.size() == 1 -> specs.getFirst();
      case SpecReading.Valid(List<Spec> specs) ->
          throw new IllegalArgumentException("expected one specification, got " + specs.size());
      case SpecReading.Invalid(List<SpecProblem> problems) ->
          throw new IllegalArgumentException(
              problems.stream().map(SpecProblem::toString).collect(Collectors.joining("; ")));
    };
  }

  /** As far as the text can be read; lists of specifications count as so many documents. */
  static List<SpecNode> documents(String text, Problems problems) {
    List<SpecNode> documents = new ArrayList<>();
    try {
      if (text.getBytes(StandardCharsets.UTF_8).length > LARGEST) {
        throw new Malformed(1, "expected at most 1 MiB");
      }
      Optional<List<SpecNode>> json = JsonNodes.read(text);
      if (json.isPresent()) {
        documents.addAll(json.get());
      } else {
        YamlNodes.read(text, MOST_DOCUMENTS, documents);
      }
    } catch (Malformed e) {
      problems.add(e.problem());
    }
    return documents.stream().flatMap(document -> flat(document).stream()).toList();
  }

  private static List<SpecNode> flat(SpecNode document) {
    return switch (document) {
      case SpecNode.Sequence(_, var items) -> items;
      case SpecNode.Nothing _ -> List.of();
      case SpecNode.Mapping mapping -> List.of(mapping);
      case SpecNode.Scalar scalar -> List.of(scalar);
    };
  }

  private static List<Spec> specs(List<SpecNode> documents, Problems problems, boolean asked) {
    if (documents.size() > MOST_DOCUMENTS) {
      problems.add(1, "", "expected at most " + MOST_DOCUMENTS + " documents");
      return List.of();
    }
    List<Spec> specs = new ArrayList<>();
    Twins twins = new Twins(problems);
    for (SpecNode document : documents) {
      if (document instanceof SpecNode.Mapping mapping) {
        Optional<Spec> spec = new DocumentReader(problems, mapping).read();
        spec.ifPresent(specs::add);
        spec.filter(_ -> asked).ifPresent(read -> Hopeless.report(problems, mapping, read));
        twins.report(mapping);
      } else {
        problems.add(document.line(), "", "expected a mapping, got " + document.shown());
      }
    }
    return specs;
  }
}
