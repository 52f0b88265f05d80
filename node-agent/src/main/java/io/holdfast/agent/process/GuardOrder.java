package io.holdfast.agent.process;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How long a service may live without word from its agent.
 *
 * @param acknowledged the file that holds when the latest acknowledged heartbeat was sent, in
 *     hundredths of a second since boot
 * @param lease from then to KILL
 * @param notice how long before that the service is asked to end
 * @param signal that asks it, named without SIG
 */
public record GuardOrder(Path acknowledged, Duration lease, Duration notice, String signal) {}
