@NullMarked
package io.holdfast.supervisor.routing;

import org.jspecify.annotations.NullMarked;
