package io.holdfast.supervisor.api;

/** Ends the handling of a request with a problem, from wherever in its reading that shows. */
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  Refusal(Problem problem) {
    // It is an answer, not a failure: nobody reads its stack.
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }
}
