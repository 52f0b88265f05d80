@NullMarked
package io.holdfast.supervisor.node;

import org.jspecify.annotations.NullMarked;
