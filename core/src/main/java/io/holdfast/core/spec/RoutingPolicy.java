package io.holdfast.core.spec;

import io.holdfast.core.InWords;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How requests reach a service.
 *
 * @param policy how an endpoint is chosen
 * @param host a name besides {@code <name>}, {@code <name>.localhost} and {@code <name>.holdfast}
 * @param timeout of a whole request, its retries included
 * @param tryTimeout of one try that may be followed by another, at most {@code timeout}
 * @param retries a hedge among them is made before {@code timeout}
 * @param outlier when an endpoint is taken out for a while
 * @param slowStart over which an endpoint that has become ready gets its full share; zero for none
 * @param entrance by which ports of the gateways
 */
public record RoutingPolicy(
    BalancingPolicy policy,
    Optional<String> host,
    Duration timeout,
    Duration connectTimeout,
    TryTimeout tryTimeout,
    RetryPolicy retries,
    OutlierPolicy outlier,
    Duration slowStart,
    Entrance entrance) {

  private static final Duration USUAL_SLOW_START = Duration.ofSeconds(5);

  public static final RoutingPolicy DEFAULT =
      of(
          BalancingPolicy.P2C_EWMA,
          Optional.empty(),
          Duration.ofSeconds(5),
          Duration.ofMillis(250),
          RetryPolicy.DEFAULT);

  private static final Pattern HOST =
      Pattern.compile(
          "(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

  public RoutingPolicy {
    host = host.map(value -> value.toLowerCase(Locale.ROOT));
    host.ifPresent(RoutingPolicy::checkHost);
    Check.positive("timeout", timeout);
    Check.positive("connectTimeout", connectTimeout);
    Check.notNegative("slowStart", slowStart);
    checkTries(timeout, tryTimeout, retries.hedge());
  }

  /** All else as usual. */
  public static RoutingPolicy of(
      BalancingPolicy policy,
      Optional<String> host,
      Duration timeout,
      Duration connectTimeout,
      RetryPolicy retries) {
    return new RoutingPolicy(
        policy,
        host,
        timeout,
        connectTimeout,
        new TryTimeout.Learned(),
        retries,
        OutlierPolicy.DEFAULT,
        USUAL_SLOW_START,
        Entrance.shared());
  }

  public RoutingPolicy with(OutlierPolicy next) {
    return new RoutingPolicy(
        policy, host, timeout, connectTimeout, tryTimeout, retries, next, slowStart, entrance);
  }

  public RoutingPolicy with(TryTimeout next) {
    return new RoutingPolicy(
        policy, host, timeout, connectTimeout, next, retries, outlier, slowStart, entrance);
  }

  public RoutingPolicy withSlowStart(Duration next) {
    return new RoutingPolicy(
        policy, host, timeout, connectTimeout, tryTimeout, retries, outlier, next, entrance);
  }

  public RoutingPolicy with(Entrance other) {
    return new RoutingPolicy(
        policy, host, timeout, connectTimeout, tryTimeout, retries, outlier, slowStart, other);
  }

  private static void checkTries(Duration timeout, TryTimeout tryTimeout, Hedging hedge) {
    String words = "timeout (" + InWords.of(timeout) + ")";
    if (tryTimeout instanceof TryTimeout.Fixed(Duration limit) && limit.compareTo(timeout) > 0) {
      throw new InvalidSpec(
          "tryTimeout", "expected at most " + words + ", which is for all tries together");
    }
    if (hedge instanceof Hedging.After(Duration delay) && delay.compareTo(timeout) >= 0) {
      throw new InvalidSpec(
          "retries.hedge", "expected less than " + words + ", by which the request is over");
    }
  }

  private static void checkHost(String value) {
    if (!HOST.matcher(value).matches()) {
      throw new InvalidSpec("host", "expected a host name, got '" + value + "'");
    }
  }
}
