@NullMarked
package io.holdfast.agent.host;

import org.jspecify.annotations.NullMarked;
