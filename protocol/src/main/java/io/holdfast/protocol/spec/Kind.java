package io.holdfast.protocol.spec;

/** What a document can be. */
enum Kind {
  SERVICE,
  GROUP
}
