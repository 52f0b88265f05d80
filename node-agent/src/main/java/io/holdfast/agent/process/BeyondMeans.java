package io.holdfast.agent.process;

import java.io.IOException;

/** What the way of this agent cannot do, whatever is asked; the message says so. */
public final class BeyondMeans extends IOException {

  private static final long serialVersionUID = 1L;

  BeyondMeans(CannotLaunch why) {
    super(why.getMessage(), why);
  }
}
