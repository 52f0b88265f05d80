package io.holdfast.protocol.spec;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/** A mapping of a specification while it is written; takes only what differs from the default. */
record Part(ObjectNode node) {

  Part with(String key, Duration value, Duration usual) {
    if (!value.equals(usual)) {
      node.put(key, DurationText.write(value));
    }
    return this;
  }

  Part with(String key, int value, int usual) {
    if (value != usual) {
      node.put(key, value);
    }
    return this;
  }

  Part with(String key, boolean value, boolean usual) {
    if (value != usual) {
      node.put(key, value);
    }
    return this;
  }

  Part with(String key, double value, double usual) {
    if (Double.compare(value, usual) != 0) {
      node.put(key, value);
    }
    return this;
  }

  Part with(String key, String value, String usual) {
    if (!value.equals(usual)) {
      node.put(key, value);
    }
    return this;
  }

  <E extends Enum<E>> Part with(String key, E value, E usual) {
    return with(key, Scalars.word(value), Scalars.word(usual));
  }

  /** Nothing at all when the part is as usual. */
  Part with(String key, Part part) {
    if (!part.node.isEmpty()) {
      node.set(key, part.node);
    }
    return this;
  }

  static Part empty() {
    return new Part(JsonNodeFactory.instance.objectNode());
  }
}
