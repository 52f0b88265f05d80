package io.holdfast.client.view;

import io.holdfast.core.Decision;
import io.holdfast.core.routing.RoutingView;
import io.holdfast.protocol.routing.Delta;
import io.holdfast.protocol.routing.FullView;
import io.holdfast.protocol.routing.ViewMessage;
import io.holdfast.protocol.wire.ReachWire;
import io.holdfast.protocol.wire.RoutingWire;
import java.util.Optional;

/**
 * What is known of the view: the one in use, and what the hub that is followed now has said.
 *
 * @param inUse survives every hub; replaced, never emptied because one is lost
 * @param told empty until the present hub has sent a whole view
 */
record Following(Optional<RoutingView> inUse, Optional<RoutingView> told) {

  static Following startingFrom(Optional<RoutingView> saved) {
    return new Following(saved, Optional.empty());
  }

  Following hubLost() {
    return new Following(inUse, Optional.empty());
  }

  Decision<Following, FollowEffect> received(ViewMessage message) {
    try {
      return switch (message.getMessageCase()) {
        case FULL -> whole(message.getFull());
        case DELTA -> change(message.getDelta());
        case CHECK ->
            Decision.<Following, FollowEffect>to(this)
                .then(new FollowEffect.Knock(ReachWire.look(message.getCheck())));
        case ALIVE, MESSAGE_NOT_SET -> Decision.to(this);
      };
    } catch (IllegalArgumentException | IllegalStateException nonsense) {
      return leave(String.valueOf(nonsense.getMessage()));
    }
  }

  private Decision<Following, FollowEffect> whole(FullView full) {
    RoutingView view = RoutingWire.view(full);
    if (inUse.filter(used -> isOlder(view, used)).isPresent()) {
      return leave("view " + view.version() + " is older than the one in use");
    }
    if (view.version() == 0 && inUse.isPresent()) {
      // A hub that knows nothing yet is no reason to forget where everything runs.
      return Decision.<Following, FollowEffect>to(new Following(inUse, Optional.of(view)))
          .then(new FollowEffect.Acknowledge(view.version()));
    }
    return use(view);
  }

  private Decision<Following, FollowEffect> change(Delta delta) {
    if (told.isEmpty()) {
      return leave("a change came before the whole view");
    }
    return use(RoutingWire.apply(told.get(), delta));
  }

  private static Decision<Following, FollowEffect> use(RoutingView view) {
    return Decision.<Following, FollowEffect>to(new Following(Optional.of(view), Optional.of(view)))
        .then(new FollowEffect.Publish(view))
        .then(new FollowEffect.Acknowledge(view.version()));
  }

  private Decision<Following, FollowEffect> leave(String why) {
    return Decision.<Following, FollowEffect>to(hubLost()).then(new FollowEffect.Leave(why));
  }

  private static boolean isOlder(RoutingView view, RoutingView used) {
    return view.incarnation().equals(used.incarnation()) && view.version() < used.version();
  }
}
