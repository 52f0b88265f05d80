@NullMarked
package io.holdfast.agent.process;

import org.jspecify.annotations.NullMarked;
