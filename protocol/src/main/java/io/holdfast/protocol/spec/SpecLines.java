package io.holdfast.protocol.spec;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in a valid text something stands, for what only shows when texts are looked at together.
 */
public final class SpecLines {

  private static final Pattern STEP = Pattern.compile("\\[(\\d{1,6})]|[^.\\[\\]]+");

  private final List<SpecNode> documents;

  private SpecLines(List<SpecNode> documents) {
    this.documents = documents;
  }

  public static SpecLines of(String text) {
    return new SpecLines(SpecReader.documents(text, new Problems()));
  }

  /**
   * The line of {@code path} in the document named {@code title}, of whatever kind, or of the
   * nearest part around it; 1 when there is no such document.
   */
  public int line(String title, String path) {
    return documents.stream()
        .filter(document -> isOf(document, title))
        .findFirst()
        .map(document -> line(document, path))
        .orElse(1);
  }

  private static boolean isOf(SpecNode document, String title) {
    return document instanceof SpecNode.Mapping mapping
        && mapping
            .entry("name")
            .flatMap(entry -> Scalars.text(entry.value()))
            .filter(title::equals)
            .isPresent();
  }

  private static int line(SpecNode document, String path) {
    SpecNode at = document;
    int line = document.line();
    Matcher steps = STEP.matcher(path);
    while (steps.find()) {
      Optional<SpecNode.Entry> next = step(at, steps.group(), Optional.ofNullable(steps.group(1)));
      if (next.isEmpty()) {
        return line;
      }
      at = next.get().value();
      line = next.get().line();
    }
    return line;
  }

  private static Optional<SpecNode.Entry> step(SpecNode from, String key, Optional<String> index) {
    return switch (from) {
      case SpecNode.Mapping mapping -> mapping.entry(key);
      case SpecNode.Sequence(_, var items) ->
          index
              .map(Integer::valueOf)
              .filter(number -> number < items.size())
              .map(items::get)
              .map(item -> new SpecNode.Entry(item.line(), key, item));
      case SpecNode.Scalar _, SpecNode.Nothing _ -> Optional.empty();
    };
  }
}
