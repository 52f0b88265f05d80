/** What is recorded, how it is written so that later releases can read it, and how it is told. */
@NullMarked
package io.holdfast.supervisor.journal;

import org.jspecify.annotations.NullMarked;
