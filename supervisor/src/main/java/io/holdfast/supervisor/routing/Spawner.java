package io.holdfast.supervisor.routing;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;

/** Starts an actor of its own for something that arrived from outside. */
@FunctionalInterface
public interface Spawner {

  <T> ActorRef<T> spawn(Behavior<T> behavior);
}
