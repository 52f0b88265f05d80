@NullMarked
package io.holdfast.supervisor.api;

import org.jspecify.annotations.NullMarked;
