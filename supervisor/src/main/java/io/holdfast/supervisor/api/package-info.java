/**
 * The admin API: HTTP in, calls on the {@link io.holdfast.supervisor.api.ControlPlane} out.
 *
 * <p>No actor is known here; whatever the API needs of the control plane is a method of that port.
 */
@NullMarked
package io.holdfast.supervisor.api;

import org.jspecify.annotations.NullMarked;
