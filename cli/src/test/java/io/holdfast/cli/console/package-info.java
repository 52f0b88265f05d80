@NullMarked
package io.holdfast.cli.console;

import org.jspecify.annotations.NullMarked;
