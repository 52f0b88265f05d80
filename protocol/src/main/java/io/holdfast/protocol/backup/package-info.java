/** A backup of the journal as a file: lines of JSON, the last of which vouches for the others. */
@NullMarked
package io.holdfast.protocol.backup;

import org.jspecify.annotations.NullMarked;
