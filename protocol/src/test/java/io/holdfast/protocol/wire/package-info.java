@NullMarked
package io.holdfast.protocol.wire;

import org.jspecify.annotations.NullMarked;
