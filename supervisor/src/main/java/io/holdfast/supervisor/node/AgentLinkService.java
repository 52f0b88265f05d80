package io.holdfast.supervisor.node;

import akka.actor.typed.ActorRef;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.holdfast.protocol.agent.AgentLinkGrpc;
import io.holdfast.protocol.agent.AgentMessage;
import io.holdfast.protocol.agent.SupervisorMessage;
import io.holdfast.supervisor.routing.Spawner;
import java.net.InetSocketAddress;

/** The gRPC side of the agents' link: one session actor for each stream. */
public final class AgentLinkService extends AgentLinkGrpc.AgentLinkImplBase {

  private static final Context.Key<String> PEER = Context.key("peer");

  private final SessionPorts ports;
  private final Spawner spawner;

  private AgentLinkService(SessionPorts ports, Spawner spawner) {
    this.ports = ports;
    this.spawner = spawner;
  }

  public static AgentLinkService of(SessionPorts ports, Spawner spawner) {
    return new AgentLinkService(ports, spawner);
  }

  /** Must be installed with the service: tells it where a stream comes from. */
  public static ServerInterceptor peerInterceptor() {
    return new ServerInterceptor() {
      @Override
      public <Q, A> ServerCall.Listener<Q> interceptCall(
          ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        String peer =
            call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR)
                    instanceof InetSocketAddress address
                ? address.getAddress().getHostAddress()
                : "127.0.0.1";
        return Contexts.interceptCall(Context.current().withValue(PEER, peer), call, headers, next);
      }
    };
  }

  @Override
  public StreamObserver<AgentMessage> connect(StreamObserver<SupervisorMessage> responses) {
    ServerCallStreamObserver<SupervisorMessage> out =
        (ServerCallStreamObserver<SupervisorMessage>) responses;
    ActorRef<AgentSession.Command> session =
        spawner.spawn(AgentSession.create(ports, new OpenStream(out), PEER.get()));
    out.setOnCancelHandler(() -> session.tell(new AgentSession.Closed("its link broke")));
    return new StreamObserver<>() {
      @Override
      public void onNext(AgentMessage message) {
        session.tell(new AgentSession.Received(message));
      }

      @Override
      public void onError(Throwable failure) {
        session.tell(new AgentSession.Closed("its link broke"));
      }

      @Override
      public void onCompleted() {
        session.tell(new AgentSession.Closed("it closed its link"));
      }
    };
  }

  /** A stream that may already be closed from the other side; then nothing is sent any more. */
  private record OpenStream(ServerCallStreamObserver<SupervisorMessage> out)
      implements StreamObserver<SupervisorMessage> {

    @Override
    public void onNext(SupervisorMessage message) {
      if (!out.isCancelled()) {
        out.onNext(message);
      }
    }

    @Override
    public void onError(Throwable failure) {
      if (!out.isCancelled()) {
        out.onError(failure);
      }
    }

    @Override
    public void onCompleted() {
      if (!out.isCancelled()) {
        out.onCompleted();
      }
    }
  }
}
