/**
 * What every command shares: where it reads and prints, how it fails, how a duration is written.
 */
@NullMarked
package io.holdfast.cli.console;

import org.jspecify.annotations.NullMarked;
