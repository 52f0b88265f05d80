package io.holdfast.core.supervision;

/** Effects in a word, so that a table of them can be read. */
final class Words {

  private Words() {}

  static String of(ServiceEffect effect) {
    return switch (effect) {
      case ServiceEffect.Persist(var event) -> event.getClass().getSimpleName();
      case ServiceEffect.Place(var slot, _) -> "place " + slot;
      case ServiceEffect.Launch(var instance, _, _) -> "launch " + instance;
      case ServiceEffect.Drain(var instance) -> "drain " + instance;
      case ServiceEffect.Stop(var instance, _) -> "stop " + instance;
      case ServiceEffect.Delegate(var node, _) -> "delegate to " + node;
      case ServiceEffect.SpendRestart() -> "spend a restart";
      case ServiceEffect.Revert(var failed, _, _) -> "revert " + failed;
      case ServiceEffect.Forget(var instance, _) -> "forget " + instance;
    };
  }
}
