package io.holdfast.supervisor.api;

import java.time.Instant;
import java.util.Map;

/**
 * One recorded event, as the feed tells it.
 *
 * @param id its place in the one order of all events
 * @param type such as instance-exited
 * @param fields service, instance, node, cause, whichever apply; no blank values
 * @param evidence what was observed, such as code, signal, log
 */
public record RecordedEvent(
    long id, Instant at, String type, Map<String, String> fields, Map<String, Object> evidence) {}
