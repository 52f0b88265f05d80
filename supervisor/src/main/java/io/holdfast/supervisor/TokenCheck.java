package io.holdfast.supervisor;

import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.holdfast.protocol.security.JoinTokens;
import io.holdfast.protocol.security.Renewed;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Ends a call before it has begun unless it comes with a token. */
final class TokenCheck implements ServerInterceptor {

  private final Renewed<JoinTokens, JoinTokens> tokens;
  private final Refusals refusals;

  TokenCheck(Renewed<JoinTokens, JoinTokens> tokens, Refusals refusals) {
    this.tokens = tokens;
    this.refusals = refusals;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Optional<String> presented = Optional.ofNullable(headers.get(JoinTokens.KEY));
    if (presented.filter(tokens.current()::admit).isPresent()) {
      return next.startCall(call, headers);
    }
    String token = presented.isPresent() ? "another join token" : "no join token";
    refusals.tell("whoever comes from " + peer(call), "it presents " + token);
    call.close(
        Status.UNAUTHENTICATED.withDescription(
            "it asks for a join token; this end presents "
                + (presented.isPresent() ? "another one" : "none")
                + " (--join-token)"),
        new Metadata());
    return new ServerCall.Listener<>() {};
  }

  private static String peer(ServerCall<?, ?> call) {
    return call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR)
            instanceof InetSocketAddress address
        ? address.getAddress().getHostAddress()
        : "nowhere";
  }
}
