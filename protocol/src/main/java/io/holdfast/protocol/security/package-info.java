/**
 * How the parts know each other: certificates of one CA on both sides, and a token without which
 * nobody joins. Files that change are taken over; connections that are open stay.
 */
@NullMarked
package io.holdfast.protocol.security;

import org.jspecify.annotations.NullMarked;
