/** What supervisor nodes say to each other, and how it looks on the wire. */
@NullMarked
package io.holdfast.supervisor.wire;

import org.jspecify.annotations.NullMarked;
