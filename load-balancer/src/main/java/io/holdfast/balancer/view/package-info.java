/**
 * The routing view: a follower keeps to a supervisor's feed and publishes immutable tables, which
 * request threads read without a lock.
 */
@NullMarked
package io.holdfast.balancer.view;

import org.jspecify.annotations.NullMarked;
