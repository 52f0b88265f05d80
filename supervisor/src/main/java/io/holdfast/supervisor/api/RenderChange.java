package io.holdfast.supervisor.api;

import akka.http.javadsl.model.HttpResponse;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.supervisor.api.ApplyOutcome.Change;
import io.holdfast.supervisor.api.ApplyOutcome.Kind;
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
      case ApplyOutcome.Refused(var faults) -> Answers.problem(body.invalid(faults));
      case ApplyOutcome.Stale(long current) -> Answers.problem(stale(current));
      case ApplyOutcome.Unavailable(String why) -> Answers.problem(Problem.unavailable(why));
    };
  }

  private static HttpResponse one(Change change, boolean plan) {
    boolean created = change.kind() == Kind.CREATED && !plan;
    return Answers.versioned(
        Answers.json(created ? 201 : 200, change(Json.object(), change, plan)), change.version());
  }

  private static ObjectNode item(Change change, boolean plan) {
    return change(Json.object().put("kind", "service"), change, plan);
  }

  private static ObjectNode change(ObjectNode into, Change change, boolean plan) {
    into.put("name", change.service().value())
        .put("version", change.version())
        .put("change", change.kind().name().toLowerCase(Locale.ROOT));
    return plan ? into.put("restarts", change.restarts()) : into;
  }

  private static Problem stale(long current) {
    return Problem.stale(
        current == 0
            ? "The service does not exist."
            : "The service is at version " + current + " by now.");
  }
}
