package io.holdfast.core.catalog;

/**
 * One reason why a set of changes cannot hold.
 *
 * @param title the name of the service or group
 * @param path within its document
 */
public record Flaw(String title, String path, String detail) {}
