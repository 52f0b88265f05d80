/** The actor that holds the catalogue, and keeps telling every service what it should be. */
@NullMarked
package io.holdfast.supervisor.catalog;

import org.jspecify.annotations.NullMarked;
