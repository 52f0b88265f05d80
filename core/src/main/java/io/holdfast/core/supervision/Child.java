package io.holdfast.core.supervision;

import io.holdfast.core.GroupName;
import io.holdfast.core.ServiceName;

/** What a group supervises. */
public sealed interface Child {

  record OfService(ServiceName name) implements Child {
    @Override
    public String title() {
      return name.value();
    }
  }

  record OfGroup(GroupName name) implements Child {
    @Override
    public String title() {
      return name.value();
    }
  }

  /** The name, whatever kind it is of; kinds share one space of names. */
  String title();
}
