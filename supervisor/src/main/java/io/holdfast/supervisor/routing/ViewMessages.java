package io.holdfast.supervisor.routing;

import com.google.protobuf.UnknownFieldSet;
import io.holdfast.core.routing.RoutingView;
import io.holdfast.protocol.routing.ViewMessage;
import io.holdfast.protocol.wire.RoutingWire;

/**
 * What balancers are told, made once for all of them: they are at the same view, as a rule, and
 * come to the next together.
 */
final class ViewMessages {

  private static final RoutingView NONE = RoutingView.empty("");

  private record Step(RoutingView before, RoutingView after, ViewMessage message) {}

  private Step last = new Step(NONE, NONE, ViewMessage.getDefaultInstance());
  private Step whole = last;

  /** From one view to the next one. */
  synchronized ViewMessage delta(RoutingView before, RoutingView after) {
    if (!last.before().equals(before) || !last.after().equals(after)) {
      ViewMessage message =
          ViewMessage.newBuilder().setDelta(RoutingWire.delta(before, after)).build();
      last = new Step(before, after, message);
    }
    return last.message();
  }

  /** All of a view. */
  synchronized ViewMessage full(RoutingView view) {
    if (!whole.after().equals(view)) {
      whole = new Step(NONE, view, encoded(view));
    }
    return whole.message();
  }

  /** In bytes already: a field that a message does not know it writes as it is. */
  private static ViewMessage encoded(RoutingView view) {
    UnknownFieldSet.Field full =
        UnknownFieldSet.Field.newBuilder()
            .addLengthDelimited(RoutingWire.full(view).toByteString())
            .build();
    return ViewMessage.newBuilder()
        .setUnknownFields(
            UnknownFieldSet.newBuilder().addField(ViewMessage.FULL_FIELD_NUMBER, full).build())
        .build();
  }
}
