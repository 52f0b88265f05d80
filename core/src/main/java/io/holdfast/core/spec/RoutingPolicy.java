package io.holdfast.core.spec;

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
 */
public record RoutingPolicy(
    BalancingPolicy policy,
    Optional<String> host,
    Duration timeout,
    Duration connectTimeout,
    RetryPolicy retries) {

  public static final RoutingPolicy DEFAULT =
      new RoutingPolicy(
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
  }

  private static void checkHost(String value) {
    if (!HOST.matcher(value).matches()) {
      throw new InvalidSpec("host", "expected a host name, got '" + value + "'");
    }
  }
}
