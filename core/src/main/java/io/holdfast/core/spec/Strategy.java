package io.holdfast.core.spec;

import java.util.List;

/** Who is restarted with a failed child, with OTP's meanings. */
public enum Strategy {
  /** Nobody else. */
  ONE_FOR_ONE,
  /** Every sibling. */
  ONE_FOR_ALL,
  /** The siblings that come after it. */
  REST_FOR_ONE;

  /**
   * The children that go down and come up together with {@code failed}, itself included, in the
   * order in which they start. They stop in the reverse order.
   *
   * @param children all of them, in the order in which they start
   */
  public <C> List<C> affected(List<C> children, C failed) {
    int index = children.indexOf(failed);
    if (index < 0) {
      return List.of();
    }
    return switch (this) {
      case ONE_FOR_ONE -> List.of(failed);
      case ONE_FOR_ALL -> List.copyOf(children);
      case REST_FOR_ONE -> List.copyOf(children.subList(index, children.size()));
    };
  }

  /** True when the children need each other, and so start one after the other. */
  public boolean isOrdered() {
    return this != ONE_FOR_ONE;
  }
}
