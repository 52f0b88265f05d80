package io.holdfast.balancer.gateway;

import io.holdfast.core.ServiceName;

/** What a port of the gateway leads to. */
sealed interface Door {

  /** The services that requests name. */
  record Shared() implements Door {}

  /** One service, whatever its requests name. */
  record Http(ServiceName service) implements Door {}

  /** One service, whatever its clients say. */
  record Tcp(ServiceName service) implements Door {}
}
