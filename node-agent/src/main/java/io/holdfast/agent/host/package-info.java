/**
 * What this host gives its instances and keeps of them: directories, variables, ports.
 *
 * <p>Launches and watches nothing.
 */
@NullMarked
package io.holdfast.agent.host;

import org.jspecify.annotations.NullMarked;
