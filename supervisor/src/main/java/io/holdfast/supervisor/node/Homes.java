package io.holdfast.supervisor.node;

import akka.actor.Address;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.cluster.typed.Cluster;

/** On which supervisor node an actor lives. */
final class Homes {

  private Homes() {}

  /** Its name, which is the same wherever this is asked. */
  static String of(ActorRef<?> actor, ActorSystem<?> system) {
    Address address = actor.path().address();
    return (address.hasLocalScope() ? Cluster.get(system).selfMember().address() : address)
        .hostPort();
  }
}
