@NullMarked
package io.holdfast.supervisor;

import org.jspecify.annotations.NullMarked;
