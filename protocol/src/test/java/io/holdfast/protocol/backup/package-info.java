@NullMarked
package io.holdfast.protocol.backup;

import org.jspecify.annotations.NullMarked;
