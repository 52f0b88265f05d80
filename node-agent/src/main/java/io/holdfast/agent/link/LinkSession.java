package io.holdfast.agent.link;

import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.holdfast.protocol.agent.AgentLinkGrpc;
import io.holdfast.protocol.agent.AgentMessage;
import io.holdfast.protocol.agent.SupervisorMessage;
import io.holdfast.protocol.security.SupervisorChannels;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * One stream to one supervisor. Everything but {@link #isReady} happens on the agent's loop, where
 * its events arrive as well.
 */
final class LinkSession {

  /** What a stream tells of itself. */
  interface Events {

    void writable(LinkSession session);

    void received(LinkSession session, SupervisorMessage message);

    /** Nothing follows; {@code why} is a sentence fragment. */
    void ended(LinkSession session, String why);
  }

  private static final long CLOSE_MILLIS = 2_000;

  private final ManagedChannel channel;
  private final Observer observer;

  private LinkSession(
      SupervisorChannels channels, ManagedChannel channel, Executor loop, Events events) {
    this.channel = channel;
    this.observer = new Observer(channels, loop, this, events);
  }

  static LinkSession open(
      SupervisorChannels channels, InetSocketAddress supervisor, Executor loop, Events events) {
    LinkSession session = new LinkSession(channels, channels.to(supervisor).build(), loop, events);
    AgentLinkGrpc.newStub(session.channel).connect(session.observer);
    return session;
  }

  /** False while what has been sent already is more than the stream takes at the moment. */
  boolean isReady() {
    return observer.stream().map(ClientCallStreamObserver::isReady).orElse(false);
  }

  /** Sends even if the stream is not ready; for the few messages that nothing can replace. */
  void send(AgentMessage message) {
    observer.stream().ifPresent(stream -> stream.onNext(message));
  }

  /** Ends the stream after what has been sent. */
  void complete() {
    observer.stream().ifPresent(ClientCallStreamObserver::onCompleted);
    channel.shutdown();
    try {
      if (!channel.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
        channel.shutdownNow();
      }
    } catch (InterruptedException e) {
      channel.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  void abort() {
    channel.shutdownNow();
  }

  private static final class Observer
      implements ClientResponseObserver<AgentMessage, SupervisorMessage> {

    private final SupervisorChannels channels;
    private final Executor loop;
    private final LinkSession session;
    private final Events events;
    private volatile boolean answered;
    private volatile Optional<ClientCallStreamObserver<AgentMessage>> stream = Optional.empty();

    Observer(SupervisorChannels channels, Executor loop, LinkSession session, Events events) {
      this.channels = channels;
      this.loop = loop;
      this.session = session;
      this.events = events;
    }

    Optional<ClientCallStreamObserver<AgentMessage>> stream() {
      return stream;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<AgentMessage> requests) {
      stream = Optional.of(requests);
      requests.setOnReadyHandler(() -> tell(() -> events.writable(session)));
    }

    @Override
    public void onNext(SupervisorMessage message) {
      answered = true;
      tell(() -> events.received(session, message));
    }

    @Override
    public void onError(Throwable failure) {
      tell(() -> events.ended(session, channels.trouble(failure, answered)));
    }

    @Override
    public void onCompleted() {
      tell(() -> events.ended(session, "the supervisor has closed the stream"));
    }

    private void tell(Runnable event) {
      loop.execute(event);
    }
  }
}
