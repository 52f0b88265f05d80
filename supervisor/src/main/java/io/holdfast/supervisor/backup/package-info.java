/** The journal as a backup, and back: what is read and written with nothing but SQL. */
@NullMarked
package io.holdfast.supervisor.backup;

import org.jspecify.annotations.NullMarked;
