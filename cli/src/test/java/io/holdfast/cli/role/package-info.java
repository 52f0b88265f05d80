@NullMarked
package io.holdfast.cli.role;

import org.jspecify.annotations.NullMarked;
