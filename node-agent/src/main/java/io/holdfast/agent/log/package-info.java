/**
 * What the instances print: its end, for those who ask why one has died, and all of it, for those
 * who follow it.
 *
 * <p>The files are written by the services themselves; nothing here stands between them.
 */
@NullMarked
package io.holdfast.agent.log;

import org.jspecify.annotations.NullMarked;
