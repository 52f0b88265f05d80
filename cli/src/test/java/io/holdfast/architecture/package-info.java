@NullMarked
package io.holdfast.architecture;

import org.jspecify.annotations.NullMarked;
