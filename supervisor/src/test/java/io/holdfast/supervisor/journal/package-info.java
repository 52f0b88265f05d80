@NullMarked
package io.holdfast.supervisor.journal;

import org.jspecify.annotations.NullMarked;
