package io.holdfast.client.view;

import io.holdfast.core.routing.RoutingView;
import io.holdfast.protocol.reach.Look;

/** What a message from a hub makes the follower do. */
sealed interface FollowEffect {

  /** Requests are routed by this view from now on. */
  record Publish(RoutingView view) implements FollowEffect {}

  /** The hub is told which version is in use, and what still runs on draining endpoints. */
  record Acknowledge(long version) implements FollowEffect {}

  /** The hub is told whether somebody listens at these endpoints, as seen from here. */
  record Knock(Look look) implements FollowEffect {}

  /** The hub is left, and another, or the same again, is asked for the whole view. */
  record Leave(String why) implements FollowEffect {}
}
