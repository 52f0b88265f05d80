@NullMarked
package io.holdfast.protocol.spec;

import org.jspecify.annotations.NullMarked;
