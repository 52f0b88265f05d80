package io.holdfast.supervisor.api;

import akka.http.javadsl.model.HttpResponse;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.core.catalog.Change;
import io.holdfast.core.spec.ServiceSpec;
import io.holdfast.protocol.spec.SpecWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What became of specifications, or would become of them. */
final class RenderChange {

  private RenderChange() {}

  static HttpResponse one(ApplyOutcome outcome, SpecBody body, boolean plan) {
    return render(outcome, body, changes -> one(changes.getFirst(), plan));
  }

  static HttpResponse many(ApplyOutcome outcome, SpecBody body, boolean plan) {
    return render(
        outcome,
        body,
        changes -> {
          ObjectNode json = Json.object();
          json.set("applied", Json.array(changes, change -> item(change, plan)));
          return Answers.ok(json);
        });
  }

  private static HttpResponse render(
      ApplyOutcome outcome, SpecBody body, Function<List<Change>, HttpResponse> applied) {
    return switch (outcome) {
      case ApplyOutcome.Applied(List<Change> changes) -> applied.apply(changes);
      case ApplyOutcome.Refused(var flaws) -> Answers.problem(body.invalid(flaws));
      case ApplyOutcome.Stale(long current) -> Answers.problem(stale(body, current));
      case ApplyOutcome.Unavailable(String why) -> Answers.problem(Problem.unavailable(why));
    };
  }

  private static HttpResponse one(Change change, boolean plan) {
    boolean created = change.kind() == Change.Kind.CREATED && !plan;
    return Answers.versioned(
        Answers.json(created ? 201 : 200, change(Json.object(), change, plan)), change.version());
  }

  private static ObjectNode item(Change change, boolean plan) {
    return change(Json.object().put("kind", kind(change)), change, plan);
  }

  private static String kind(Change change) {
    return switch (change) {
      case Change.OfService _ -> "service";
      case Change.OfGroup _ -> "group";
    };
  }

  private static ObjectNode change(ObjectNode into, Change change, boolean plan) {
    into.put("name", change.spec().title())
        .put("version", change.version())
        .put("change", change.kind().name().toLowerCase(Locale.ROOT));
    return plan ? planned(into, change) : into;
  }

  /** What would happen, and who would feel it. */
  private static ObjectNode planned(ObjectNode into, Change change) {
    switch (change) {
      case Change.OfService service -> {
        into.put("restarts", service.restarts());
        if (service.restarts() > 0 && stopsFirst(service)) {
          into.put("stopsFirst", true);
        }
        into.set("dependents", Json.texts(service.dependents()));
        if (service.restarts() > 0 && !service.followers().isEmpty()) {
          into.set("alsoRestarts", Json.texts(service.followers()));
        }
      }
      case Change.OfGroup _ -> into.put("restarts", 0);
    }
    change
        .former()
        .filter(_ -> change.kind() == Change.Kind.UPDATED)
        .ifPresent(
            former ->
                into.set(
                    "diff",
                    Json.array(
                        SpecDiff.between(SpecWriter.tree(former), SpecWriter.tree(change.spec())),
                        RenderChange::difference)));
    return into;
  }

  private static boolean stopsFirst(Change.OfService change) {
    return change.entry().spec().stopsFirst()
        || change.before().map(old -> old.spec()).filter(ServiceSpec::stopsFirst).isPresent();
  }

  private static ObjectNode difference(SpecDiff.Difference difference) {
    ObjectNode json = Json.object().put("path", difference.path());
    difference.from().ifPresent(from -> json.set("from", from));
    difference.to().ifPresent(to -> json.set("to", to));
    return json;
  }

  private static Problem stale(SpecBody body, long current) {
    String what = body.specs().getFirst() instanceof ServiceSpec ? "The service" : "The group";
    return Problem.stale(
        current == 0 ? what + " does not exist." : what + " is at version " + current + " by now.");
  }
}
