package io.holdfast.agent;

import io.holdfast.agent.host.AgentLoop;
import io.holdfast.agent.probe.Prober;
import io.holdfast.agent.process.Processes;
import io.holdfast.core.NodeId;
import io.holdfast.core.instance.Report;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * What every hosted instance works with.
 *
 * @param launchers where a launch may block
 * @param address where probes reach the instances
 * @param environment the agent's own
 * @param reports told of every change, at once
 * @param host told how each instance fares
 */
record Surroundings(
    AgentLoop loop,
    Clock clock,
    Processes processes,
    Prober prober,
    Executor launchers,
    Lease lease,
    NodeId node,
    String address,
    Map<String, String> environment,
    Consumer<Report> reports,
    HostSide host) {}
