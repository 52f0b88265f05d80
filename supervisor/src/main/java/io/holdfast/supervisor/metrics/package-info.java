/** What the control plane counts and measures, under the contract's names. */
@NullMarked
package io.holdfast.supervisor.metrics;

import org.jspecify.annotations.NullMarked;
