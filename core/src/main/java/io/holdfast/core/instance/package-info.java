/**
 * The life of one launched process, from assignment to exit, and how its end is described.
 *
 * <p>The agent runs this machine for each of its instances; the supervisor reads its reports.
 */
@NullMarked
package io.holdfast.core.instance;

import org.jspecify.annotations.NullMarked;
