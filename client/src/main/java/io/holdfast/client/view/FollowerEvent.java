package io.holdfast.client.view;

import io.holdfast.core.ServiceName;
import io.holdfast.core.detection.Reach;
import io.holdfast.protocol.routing.ViewMessage;
import java.util.List;

/** What can happen to a follower. */
public sealed interface FollowerEvent {

  /** It is time to follow a supervisor. */
  record ConnectDue() implements FollowerEvent {}

  /** A message came on the link with this number. */
  record Received(long link, ViewMessage message) implements FollowerEvent {}

  /** The link with this number has ended. */
  record LinkLost(long link, String why) implements FollowerEvent {}

  /** Nothing was heard on the link for too long. */
  record Silent(long link) implements FollowerEvent {}

  /** The last request on a draining endpoint has ended. */
  record Drained() implements FollowerEvent {}

  /** The view in use has waited long enough to be saved. */
  record SaveDue() implements FollowerEvent {}

  /** The last save is done. */
  record SaveDone() implements FollowerEvent {}

  /** It is time to look how endpoints do. */
  record LookDue() implements FollowerEvent {}

  /** A request on this service has failed, or one that decides about a return is over. */
  record Doubted(ServiceName service) implements FollowerEvent {}

  /** What came of connecting to the endpoints that the hub on this link wanted to know about. */
  record Knocked(long link, long request, List<Reach> reaches) implements FollowerEvent {
    public Knocked {
      reaches = List.copyOf(reaches);
    }
  }

  /** It is time to tell the supervisor how requests have ended. */
  record ReportDue() implements FollowerEvent {}

  record Stop() implements FollowerEvent {}
}
