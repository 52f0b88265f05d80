package io.holdfast.supervisor.api;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.withRequestTimeout;
import static akka.http.javadsl.server.PathMatchers.segment;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.server.Route;
import io.holdfast.core.ServiceName;
import io.holdfast.core.routing.RoutingView;
import io.holdfast.supervisor.api.ControlPlane.SeenVersion;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import scala.concurrent.duration.FiniteDuration;

/** The routing view, also for those who wait for it to change. */
final class ViewRoutes {

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
  private static final Duration SLACK = Duration.ofSeconds(10);
  private static final Pattern VERSION = Pattern.compile("(.+)-(\\d{1,18})");

  private final ControlPlane control;

  ViewRoutes(ControlPlane control) {
    this.control = control;
  }

  Route routes() {
    return concat(
        path(
            segment("v1").slash("routes"),
            () -> get(() -> view(view -> complete(Answers.ok(RenderView.all(view)))))),
        path(
            segment("v1").slash("routes").slash(segment()),
            name -> get(() -> one(Names.service(name)))));
  }

  private Route one(ServiceName name) {
    return view(
        view ->
            view.services().containsKey(name)
                ? complete(Answers.ok(RenderView.one(view, name)))
                : withoutEndpoints(view, name));
  }

  /** A service that has never had an endpoint is in no view, and yet it exists. */
  private Route withoutEndpoints(RoutingView view, ServiceName name) {
    return Asking.answer(
        control.service(name),
        found ->
            found.isPresent()
                ? Answers.ok(RenderView.one(view, name))
                : Answers.problem(Names.unknownService(name.value())));
  }

  private Route view(Function<RoutingView, Route> next) {
    return extractRequest(
        request -> {
          Duration wait =
              QueryValues.of(request).duration("wait", LONGEST_WAIT).orElse(Duration.ZERO);
          FiniteDuration timeout =
              FiniteDuration.create(wait.plus(SLACK).toMillis(), TimeUnit.MILLISECONDS);
          return withRequestTimeout(
              timeout, Failures::tooSlow, () -> Asking.then(seen(request, wait), next));
        });
  }

  private CompletionStage<RoutingView> seen(HttpRequest request, Duration wait) {
    Optional<SeenVersion> seen = QueryValues.of(request).text("after").flatMap(ViewRoutes::parse);
    return seen.isEmpty() || wait.isZero()
        ? CompletableFuture.completedFuture(control.view())
        : control.viewAfter(seen.get(), wait);
  }

  private static Optional<SeenVersion> parse(String version) {
    Matcher matcher = VERSION.matcher(version);
    return matcher.matches()
        ? Optional.of(new SeenVersion(matcher.group(1), Long.parseLong(matcher.group(2))))
        : Optional.empty();
  }
}
