/** One actor per service, around the pure decisions of {@code core.supervision}. */
@NullMarked
package io.holdfast.supervisor.service;

import org.jspecify.annotations.NullMarked;
