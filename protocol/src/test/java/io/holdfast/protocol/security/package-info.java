@NullMarked
package io.holdfast.protocol.security;

import org.jspecify.annotations.NullMarked;
