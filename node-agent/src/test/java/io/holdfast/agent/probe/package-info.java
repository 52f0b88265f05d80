@NullMarked
package io.holdfast.agent.probe;

import org.jspecify.annotations.NullMarked;
