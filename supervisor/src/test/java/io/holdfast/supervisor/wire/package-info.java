@NullMarked
package io.holdfast.supervisor.wire;

import org.jspecify.annotations.NullMarked;
