package io.holdfast.core.spec;

/** One document: a service or a group. Their names are from one space. */
public sealed interface Spec permits ServiceSpec, GroupSpec {

  /** The name, whatever kind it is of. */
  String title();
}
