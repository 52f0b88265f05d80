package io.holdfast.client;

import io.holdfast.core.InstanceId;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLSession;

/** An answer that says who gave it, and after how many tries. */
record BalancedResponse<T>(HttpResponse<T> response, HttpHeaders headers)
    implements HttpResponse<T> {

  static <T> BalancedResponse<T> of(HttpResponse<T> response, InstanceId instance, int attempts) {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(response.headers().map());
    headers.put("X-Holdfast-Instance", List.of(instance.toString()));
    headers.put("X-Holdfast-Attempts", List.of(Integer.toString(attempts)));
    return new BalancedResponse<>(response, HttpHeaders.of(headers, (_, _) -> true));
  }

  @Override
  public int statusCode() {
    return response.statusCode();
  }

  @Override
  public HttpRequest request() {
    return response.request();
  }

  @Override
  public Optional<HttpResponse<T>> previousResponse() {
    return response.previousResponse();
  }

  @Override
  public T body() {
    return response.body();
  }

  @Override
  public Optional<SSLSession> sslSession() {
    return response.sslSession();
  }

  @Override
  public URI uri() {
    return response.uri();
  }

  @Override
  public Version version() {
    return response.version();
  }
}
