package io.holdfast.supervisor.api;

import akka.http.javadsl.model.HttpEntity;
import akka.http.javadsl.server.Directives;
import akka.http.javadsl.server.Route;
import io.holdfast.core.catalog.Flaw;
import io.holdfast.core.spec.ServiceSpec;
import io.holdfast.core.spec.Spec;
import io.holdfast.protocol.spec.SpecLines;
import io.holdfast.protocol.spec.SpecProblem;
import io.holdfast.protocol.spec.SpecReader;
import io.holdfast.protocol.spec.SpecReading;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import scala.util.Try;

/**
 * Specifications as they came in.
 *
 * @param text what the client wrote, to whose lines problems point
 */
record SpecBody(String text, List<Spec> specs) {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Read to its end even when too large: then the client gets to see the refusal. */
  private static final long MOST_READ = 4L * SpecReader.LARGEST;

  static Route read(Function<SpecBody, Route> next) {
    return text(text -> next.apply(of(text)));
  }

  /** The body as text, UTF-8. */
  static Route text(Function<String, Route> next) {
    return Directives.extractMaterializer(
        materializer ->
            Directives.extractRequest(
                request ->
                    Directives.onComplete(
                        request.entity().toStrict(PATIENCE.toMillis(), MOST_READ, materializer),
                        read -> next.apply(decode(whole(read))))));
  }

  static Problem tooLarge() {
    return Problem.of(413, "Body too large", "The body is larger than 1 MiB.");
  }

  /** The faults that only show next to what is there already, at their lines of this text. */
  Problem invalid(List<Flaw> flaws) {
    SpecLines lines = SpecLines.of(text);
    return Problem.invalidSpec(
        flaws.stream()
            .map(
                flaw ->
                    new Problem.Item(
                        OptionalInt.of(lines.line(flaw.title(), flaw.path())),
                        flaw.path(),
                        flaw.detail()))
            .toList());
  }

  /** Why this is not the one document of a kind and a name that a path asks for. */
  Optional<Problem> refusal(Class<? extends Spec> kind, String name) {
    if (specs.size() != 1) {
      return Optional.of(
          Problem.badRequest("Expected one specification, got " + specs.size() + "."));
    }
    Spec spec = specs.getFirst();
    String wanted = kind == ServiceSpec.class ? "service" : "group";
    if (!kind.isInstance(spec)) {
      return Optional.of(
          invalid(List.of(new Flaw(spec.title(), "kind", "expected " + wanted + " at this path"))));
    }
    return spec.title().equals(name)
        ? Optional.empty()
        : Optional.of(
            invalid(
                List.of(
                    new Flaw(
                        spec.title(),
                        "name",
                        "expected '" + name + "' as in the path, got '" + spec.title() + "'"))));
  }

  private static SpecBody of(String text) {
    return switch (SpecReader.read(text)) {
      case SpecReading.Valid(List<Spec> specs) -> new SpecBody(text, specs);
      case SpecReading.Invalid(List<SpecProblem> problems) ->
          throw new Refusal(Problem.invalidSpec(problems.stream().map(SpecBody::item).toList()));
    };
  }

  private static Problem.Item item(SpecProblem problem) {
    return new Problem.Item(OptionalInt.of(problem.line()), problem.path(), problem.detail());
  }

  private static HttpEntity.Strict whole(Try<HttpEntity.Strict> read) {
    if (read.isSuccess()) {
      return read.get();
    }
    // What else can fail is the connection, and then nobody reads the answer.
    throw new Refusal(
        read.failed().get() instanceof TimeoutException
            ? Problem.of(408, "Request timeout", "The body did not arrive in time.")
            : tooLarge());
  }

  private static String decode(HttpEntity.Strict entity) {
    if (entity.getData().size() > SpecReader.LARGEST) {
      throw new Refusal(tooLarge());
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(entity.getData().toArray());
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new Refusal(Problem.badRequest("The body is not UTF-8."));
    }
  }
}
