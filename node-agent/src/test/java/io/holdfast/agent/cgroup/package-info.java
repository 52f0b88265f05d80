@NullMarked
package io.holdfast.agent.cgroup;

import org.jspecify.annotations.NullMarked;
