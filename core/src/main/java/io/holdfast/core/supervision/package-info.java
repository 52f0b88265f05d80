/**
 * What a service does about its instances: launch, restart, back off, hold, promote, roll, remove.
 *
 * <p>{@link io.holdfast.core.supervision.Service} decides; {@link
 * io.holdfast.core.supervision.ServiceState} changes only by recorded {@link
 * io.holdfast.core.supervision.ServiceEvent events}, so replaying the record gives the same state.
 */
@NullMarked
package io.holdfast.core.supervision;

import org.jspecify.annotations.NullMarked;
