/** The hosts: one actor per node, one session per connected agent, and the list of them all. */
@NullMarked
package io.holdfast.supervisor.node;

import org.jspecify.annotations.NullMarked;
