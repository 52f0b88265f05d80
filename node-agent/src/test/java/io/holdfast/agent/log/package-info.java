@NullMarked
package io.holdfast.agent.log;

import org.jspecify.annotations.NullMarked;
