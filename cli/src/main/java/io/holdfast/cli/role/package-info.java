/** Runs the roles: one to a process, or all of them in one for development. */
@NullMarked
package io.holdfast.cli.role;

import org.jspecify.annotations.NullMarked;
