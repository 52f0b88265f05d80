package io.holdfast.protocol.spec;

import io.holdfast.core.spec.InvalidSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One mapping of a specification while it is read.
 *
 * <p>A value that is wrong becomes a problem and its default, so that reading goes on. The keys
 * that were asked for are the keys that exist; {@link #build} reports the others.
 */
final class Section {

  private final Problems problems;
  private final String path;
  private final String shape;
  private final SpecNode.Mapping mapping;
  private final Set<String> known = new LinkedHashSet<>();
  private final Set<String> spoiled = new LinkedHashSet<>();

  /**
   * A section at {@code path}.
   *
   * @param shape the path without indices, such as {@code dependsOn[]}
   */
  Section(Problems problems, String path, String shape, SpecNode.Mapping mapping) {
    this.problems = problems;
    this.path = path;
    this.shape = shape;
    this.mapping = mapping;
  }

  /** The same mapping, now that it has shown to be of another shape; what was asked stays known. */
  Section shaped(String other) {
    Section section = new Section(problems, path, other, mapping);
    section.known.addAll(known);
    return section;
  }

  boolean has(String key) {
    return mapping.entry(key).isPresent();
  }

  int whole(String key, int otherwise) {
    return whole(key).orElse(otherwise);
  }

  Optional<Integer> whole(String key) {
    return value(key, "expected a whole number", Scalars::whole);
  }

  double number(String key, double otherwise) {
    return value(key, "expected a number", Scalars::number).orElse(otherwise);
  }

  Duration duration(String key, Duration otherwise) {
    return value(
            key, DurationText.EXPECTED, node -> Scalars.text(node).flatMap(DurationText::parse))
        .orElse(otherwise);
  }

  boolean flag(String key, boolean otherwise) {
    return value(key, "expected true or false", Scalars::flag).orElse(otherwise);
  }

  Optional<String> text(String key) {
    return value(key, "expected text", Scalars::text);
  }

  <E extends Enum<E>> E choice(String key, E otherwise) {
    return chosen(key, otherwise).orElse(otherwise);
  }

  /** Empty for a value that is none of the words, where going on with any of them would mislead. */
  <E extends Enum<E>> Optional<E> chosen(String key, E otherwise) {
    Choice<E> choice = Choice.of(otherwise);
    Optional<SpecNode> node = asked(key);
    if (node.isEmpty()) {
      return Optional.of(otherwise);
    }
    Optional<E> chosen = node.flatMap(Scalars::text).flatMap(choice::read);
    node.filter(_ -> chosen.isEmpty()).ifPresent(wrong -> refuse(key, choice.refusal(wrong)));
    return chosen;
  }

  /** Empty when there is no list; a wrong item is replaced, since its text is refused anyway. */
  Optional<List<String>> texts(String key) {
    return list(key, "expected text", Scalars::text)
        .map(items -> items.stream().map(item -> item.orElse("?")).toList());
  }

  /** Empty when there is no list; an item that is wrong is empty in it. */
  <T> Optional<List<Optional<T>>> list(
      String key, String expected, Function<SpecNode, Optional<T>> reader) {
    return value(key, "expected a list", Section::items)
        .map(
            items -> {
              List<Optional<T>> read = new ArrayList<>();
              for (SpecNode item : items) {
                Optional<T> value = reader.apply(item);
                if (value.isEmpty()) {
                  String detail = expected + ", got " + item.shown();
                  problems.add(item.line(), item(key, read.size()), detail);
                }
                read.add(value);
              }
              return read;
            });
  }

  /** The keys of a mapping whose keys are the user's own, in the order written, each once. */
  List<String> keys() {
    Keys.reportDuplicates(problems, path, mapping);
    return mapping.entries().stream().map(SpecNode.Entry::key).distinct().toList();
  }

  Optional<Section> section(String key) {
    return value(key, "expected a mapping", Section::mapping)
        .map(map -> new Section(problems, path(key), shape(key), map));
  }

  List<Section> sections(String key) {
    List<Optional<SpecNode.Mapping>> items =
        list(key, "expected a mapping", Section::mapping).orElse(List.of());
    List<Section> sections = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      String at = item(key, i);
      items
          .get(i)
          .map(map -> new Section(problems, at, shape(key) + "[]", map))
          .ifPresent(sections::add);
    }
    return sections;
  }

  /** Says what is wrong with the value of {@code key}; dots lead into its parts. */
  void refuse(String key, String detail) {
    problems.add(Keys.line(mapping, key), key.isEmpty() ? path : path(key), detail);
  }

  /** Builds the part that is this whole section; any key it did not ask for is unknown. */
  <T> T build(T fallback, Supplier<T> part) {
    T built = attempt(fallback, part);
    Keys.reportUnknown(problems, path, shape, mapping, known);
    Keys.reportDuplicates(problems, path, mapping);
    return built;
  }

  /**
   * Builds a part from this section. When core refuses a value, that becomes a problem and the part
   * is built again with the default in its place, so that the next wrong value is found as well.
   */
  <T> T attempt(T fallback, Supplier<T> part) {
    try {
      return part.get();
    } catch (InvalidSpec e) {
      String key = Keys.first(e.field());
      refuse(known.contains(key) ? e.field() : "", e.expectation());
      return spoiled.add(key) ? attempt(fallback, part) : fallback;
    }
  }

  <T> Optional<T> value(String key, String expected, Function<SpecNode, Optional<T>> reader) {
    Optional<SpecNode> node = asked(key);
    Optional<T> value = node.flatMap(reader);
    node.filter(_ -> value.isEmpty())
        .ifPresent(wrong -> refuse(key, expected + ", got " + wrong.shown()));
    return value;
  }

  private Optional<SpecNode> asked(String key) {
    known.add(key);
    return spoiled.contains(key) ? Optional.empty() : mapping.entry(key).map(SpecNode.Entry::value);
  }

  private String path(String key) {
    return Keys.path(path, key);
  }

  private String item(String key, int index) {
    return path(key) + "[" + index + "]";
  }

  private static Optional<List<SpecNode>> items(SpecNode node) {
    return node instanceof SpecNode.Sequence(_, var items) ? Optional.of(items) : Optional.empty();
  }

  private static Optional<SpecNode.Mapping> mapping(SpecNode node) {
    return node instanceof SpecNode.Mapping map ? Optional.of(map) : Optional.empty();
  }

  private String shape(String key) {
    return Keys.path(shape, key);
  }
}
