@NullMarked
package io.holdfast.core.instance;

import org.jspecify.annotations.NullMarked;
