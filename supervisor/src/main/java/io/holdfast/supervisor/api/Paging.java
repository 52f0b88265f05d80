package io.holdfast.supervisor.api;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.Query;
import akka.http.javadsl.model.Uri;
import akka.http.javadsl.model.headers.RawHeader;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A page of a list that has an order: {@code ?limit} says how long, {@code ?after} where the one
 * before ended, and a Link header where the next one is, when there is one.
 */
final class Paging {

  private static final int MOST = 1_000;

  private final HttpRequest request;
  private final int limit;

  private Paging(HttpRequest request, int limit) {
    this.request = request;
    this.limit = limit;
  }

  static Paging of(HttpRequest request, int usual) {
    return new Paging(request, QueryValues.of(request).whole("limit", 1, MOST).orElse(usual));
  }

  /** One more than fits, so that it shows whether there is a next page. */
  int wanted() {
    return limit + 1;
  }

  /** A page of a whole list in the order of its keys. */
  <T> HttpResponse cut(
      List<T> all, Function<T, String> key, Function<T, ? extends JsonNode> render) {
    String after = QueryValues.of(request).text("after").orElse("");
    List<T> wanted =
        all.stream().filter(item -> key.apply(item).compareTo(after) > 0).limit(wanted()).toList();
    return page(wanted, key, render);
  }

  /** A page of a list that has been cut to {@link #wanted}. */
  <T> HttpResponse page(
      List<T> wanted, Function<T, String> key, Function<T, ? extends JsonNode> render) {
    List<T> page = wanted.subList(0, Math.min(limit, wanted.size()));
    HttpResponse response = Answers.ok(Json.array(page, render));
    return page.size() == wanted.size()
        ? response
        : response.addHeader(RawHeader.create("Link", next(key.apply(page.getLast()))));
  }

  private String next(String after) {
    Map<String, String> query = new HashMap<>(request.getUri().query().toMap());
    query.put("limit", String.valueOf(limit));
    query.put("after", after);
    Uri next = Uri.create(request.getUri().path()).query(Query.create(query));
    return "<" + next + ">; rel=\"next\"";
  }
}
