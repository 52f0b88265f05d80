/** The names and specifications of all services, and which changes of them fit together. */
@NullMarked
package io.holdfast.core.catalog;

import org.jspecify.annotations.NullMarked;
