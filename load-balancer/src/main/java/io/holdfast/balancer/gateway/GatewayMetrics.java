package io.holdfast.balancer.gateway;

import io.holdfast.client.view.FollowedView;
import io.holdfast.core.balancing.EjectionReason;
import io.holdfast.core.balancing.Ejections.Ejection;
import io.holdfast.core.balancing.TryFailure;
import io.netty.channel.Channel;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** What the gateway counts. Labels come from the view only, so their number is bounded. */
final class GatewayMetrics {

  /** Stands for the service of a request that named none there is. */
  static final String NO_SERVICE = "-";

  /** The client left before it had an answer. */
  static final int CLIENT_LEFT = 499;

  /** What it turns into lasts as long as both sides like, which says nothing of the service. */
  private static final int TUNNEL = 101;

  private static final double NANOS_PER_SECOND = 1e9;

  private final PrometheusRegistry registry;
  private final boolean shared;
  private final Counter requests;
  private final Histogram seconds;
  private final Counter retries;
  private final Counter ejections;
  private final Counter shed;
  private final Counter connections;
  private final Gauge ownPorts;
  private final Gauge open;

  private GatewayMetrics(PrometheusRegistry registry, boolean shared) {
    this.registry = registry;
    this.shared = shared;
    requests =
        Counter.builder()
            .name("holdfast_gateway_requests_total")
            .help("Requests answered, by status.")
            .labelNames("service", "code")
            .register(registry);
    seconds =
        Histogram.builder()
            .name("holdfast_gateway_request_seconds")
            .help("From the request's head to the end of its response.")
            .labelNames("service")
            .classicOnly()
            .register(registry);
    retries =
        Counter.builder()
            .name("holdfast_gateway_retries_total")
            .help("Tries after the first, by what ended the one before.")
            .labelNames("service", "reason")
            .register(registry);
    ejections =
        Counter.builder()
            .name("holdfast_gateway_ejections_total")
            .help("Endpoints taken out because of what requests from here saw.")
            .labelNames("service", "reason")
            .register(registry);
    shed =
        Counter.builder()
            .name("holdfast_gateway_shed_total")
            .help("Requests refused because they would not have been answered in time.")
            .labelNames("service")
            .register(registry);
    connections =
        Counter.builder()
            .name("holdfast_gateway_tcp_connections_total")
            .help("Connections by plain TCP, by whether an instance was found.")
            .labelNames("service", "outcome")
            .register(registry);
    open =
        Gauge.builder()
            .name("holdfast_gateway_open_connections")
            .help("Open connections, by who is at the other end.")
            .labelNames("side")
            .register(registry);
    ownPorts =
        Gauge.builder()
            .name("holdfast_gateway_own_ports")
            .help("Ports that services have for their own, by whether they could be opened.")
            .labelNames("state")
            .register(registry);
  }

  /** Whether a connection by plain TCP has found an instance. */
  void connected(String service, boolean found) {
    connections.labelValues(service, found ? "connected" : "unreachable").inc();
  }

  /** A connection of a client, as long as it is open. */
  void ofClient(Channel channel) {
    count("client", channel);
  }

  /** A connection to an instance, as long as it is open. */
  void toInstance(Channel channel) {
    count("instance", channel);
  }

  // Listeners are always told of the end.
  @SuppressWarnings("FutureReturnValueIgnored")
  private void count(String side, Channel channel) {
    open.labelValues(side).inc();
    channel.closeFuture().addListener(closed -> open.labelValues(side).dec());
  }

  /** How many ports of services' own are open, and how many cannot be opened. */
  void ownPorts(int open, int failed) {
    ownPorts.labelValues("open").set(open);
    ownPorts.labelValues("failed").set(failed);
  }

  /** Of a gateway that is alone in its process. */
  static GatewayMetrics own() {
    return new GatewayMetrics(new PrometheusRegistry(), false);
  }

  /** Among those of the supervisor in the same process, which tells the view's version already. */
  static GatewayMetrics among(PrometheusRegistry others) {
    return new GatewayMetrics(others, true);
  }

  void follow(FollowedView view) {
    if (!shared) {
      GaugeWithCallback.builder()
          .name("holdfast_view_version")
          .help("The version of the routing view in use.")
          .callback(gauge -> gauge.call((double) view.table().version()))
          .register(registry);
    }
    GaugeWithCallback.builder()
        .name("holdfast_view_age_seconds")
        .help("Since a supervisor was last heard.")
        .callback(gauge -> gauge.call(view.age().toNanos() / NANOS_PER_SECOND))
        .register(registry);
  }

  void answered(String service, int code, Duration took) {
    requests.labelValues(service, Integer.toString(code)).inc();
    if (code != TUNNEL) {
      seconds.labelValues(service).observe(took.toNanos() / NANOS_PER_SECOND);
    }
  }

  void refused(int code) {
    requests.labelValues(NO_SERVICE, Integer.toString(code)).inc();
  }

  void retried(String service, TryFailure failure) {
    retries.labelValues(service, reason(failure)).inc();
  }

  void hedged(String service) {
    retries.labelValues(service, "hedge").inc();
  }

  void shed(String service) {
    shed.labelValues(service).inc();
  }

  void ejected(Ejection ejection) {
    String service = ejection.instance().service().value();
    ejections.labelValues(service, words(ejection.reason())).inc();
  }

  byte[] text() {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create().write(text, registry.scrape());
    } catch (IOException e) {
      // Memory does not fail to be written.
      throw new UncheckedIOException(e);
    }
    return text.toByteArray();
  }

  static String words(EjectionReason reason) {
    return switch (reason) {
      case CONNECT -> "connect";
      case FAILURE_RATE -> "failure-rate";
      case SUCCESS_RATE -> "success-rate";
      case LATENCY -> "latency";
    };
  }

  private static String reason(TryFailure failure) {
    return switch (failure) {
      case CONNECT -> "connect";
      case RESET -> "reset";
      case GONE -> "gone";
      case TIMEOUT -> "timeout";
      case ERROR_RESPONSE -> "5xx";
    };
  }
}
