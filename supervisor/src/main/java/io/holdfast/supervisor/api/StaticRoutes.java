package io.holdfast.supervisor.api;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.pathSingleSlash;
import static akka.http.javadsl.server.PathMatchers.segment;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpCharsets;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.server.Route;
import io.holdfast.protocol.spec.SpecReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** What never changes while the program runs: the dashboard, the API's description, the schema. */
final class StaticRoutes {

  /** The page brings everything along and talks to nobody but this server. */
  private static final String ALLOWED =
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline';"
          + " connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  private static final ContentType YAML =
      MediaTypes.applicationWithFixedCharset("yaml", HttpCharsets.UTF_8).toContentType();
  private static final ContentType SCHEMA =
      MediaTypes.applicationWithFixedCharset("schema+json", HttpCharsets.UTF_8).toContentType();

  private StaticRoutes() {}

  static Route routes() {
    HttpResponse dashboard =
        resource(StaticRoutes.class, "dashboard.html", ContentTypes.TEXT_HTML_UTF8)
            .addHeader(RawHeader.create("Content-Security-Policy", ALLOWED));
    HttpResponse openapi = resource(StaticRoutes.class, "openapi.yaml", YAML);
    HttpResponse schema = resource(SpecReader.class, "/holdfast/service.schema.json", SCHEMA);
    return concat(
        pathSingleSlash(() -> get(() -> complete(dashboard))),
        path(segment("v1").slash("openapi.yaml"), () -> get(() -> complete(openapi))),
        path(
            segment("v1").slash("schema").slash("service.json"),
            () -> get(() -> complete(schema))));
  }

  private static HttpResponse resource(Class<?> near, String name, ContentType type) {
    try (InputStream in = near.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the build lacks " + name);
      }
      return HttpResponse.create().withEntity(type, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }
}
