/**
 * The admin client: HTTP and JSON to a supervisor, tables for people.
 *
 * <p>It knows the protocol and nothing of the roles behind it, so it talks to any supervisor of any
 * release that keeps the contract.
 */
@NullMarked
package io.holdfast.cli.client;

import org.jspecify.annotations.NullMarked;
