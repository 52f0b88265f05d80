package io.holdfast.supervisor.api;

import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.server.Directives;
import akka.http.javadsl.server.Route;
import akka.http.javadsl.settings.ServerSettings;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.InstantSource;
import java.util.List;

/** The HTTP API of a control-plane node, the dashboard included. */
public final class AdminApi {

  /** The headers of every answer. */
  static final List<HttpHeader> ALWAYS =
      List.of(
          RawHeader.create("X-Content-Type-Options", "nosniff"),
          RawHeader.create("Cache-Control", "no-store"));

  private AdminApi() {}

  /**
   * Everything the HTTP listener serves.
   *
   * <p>It trusts whoever can reach it, so it answers only requests that are addressed to this
   * machine and do not come from another site's page.
   */
  public static Route routes(ControlPlane control, PrometheusRegistry metrics) {
    Route all =
        Directives.concat(
            new ServiceRoutes(control).routes(),
            new ActionRoutes(control).routes(),
            new WhyRoutes(control).routes(),
            new GroupRoutes(control).routes(),
            new ApplyRoutes(control).routes(),
            new NodeRoutes(control).routes(),
            new ViewRoutes(control).routes(),
            new EventRoutes(control, InstantSource.system()).routes(),
            new SystemRoutes(control, metrics).routes(),
            StaticRoutes.routes());
    return guarded(all);
  }

  /** How the listener for {@link #routes} is to be set up. */
  public static ServerSettings settings() {
    return ServerSettings.create(
        """
        akka.http.server {
          server-header = ""
          transparent-head-requests = on
          request-timeout = 30s
          # Followed logs may be silent for long; a peer that is gone is noticed by the kernel.
          idle-timeout = 1h
          socket-options.so-keep-alive = true
          parsing.illegal-header-warnings = off
          parsing.error-handler = "%s"
          # Above what is accepted, so that the refusal is ours and readable.
          parsing.max-content-length = 4m
        }
        """
            .formatted(Malformed.class.getName()));
  }

  private static Route guarded(Route all) {
    return Directives.respondWithDefaultHeaders(
        ALWAYS,
        () ->
            Failures.sealed(
                Directives.withRequestTimeoutResponse(Failures::tooSlow, () -> localOnly(all))));
  }

  private static Route localOnly(Route all) {
    return Directives.extractRequest(
        request ->
            LocalOnly.refusal(request)
                .<Route>map(problem -> Directives.complete(Answers.problem(problem)))
                .orElse(all));
  }
}
