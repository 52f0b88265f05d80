package io.holdfast.supervisor.node;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import io.grpc.stub.StreamObserver;
import io.holdfast.protocol.agent.LogCancel;
import io.holdfast.protocol.agent.LogChunk;
import io.holdfast.protocol.agent.LogRequest;
import io.holdfast.protocol.agent.SupervisorMessage;
import java.util.HashMap;
import java.util.Map;

/** Those who read output through one agent's session. */
final class LogReaders {

  private static final int MOST = 256;

  private final ActorContext<AgentSession.Command> context;
  private final StreamObserver<SupervisorMessage> out;
  private final Map<Long, ActorRef<LogPart>> readers = new HashMap<>();
  private long lastRequest;

  LogReaders(ActorContext<AgentSession.Command> context, StreamObserver<SupervisorMessage> out) {
    this.context = context;
    this.out = out;
  }

  void begin(AgentSession.LogWanted wanted) {
    if (readers.size() >= MOST) {
      wanted.reader().tell(new LogPart.Refused("too many logs are being read from this node"));
      return;
    }
    lastRequest++;
    readers.put(lastRequest, wanted.reader());
    context.watchWith(wanted.reader(), new AgentSession.ReaderLeft(lastRequest));
    out.onNext(
        SupervisorMessage.newBuilder()
            .setLogRequest(
                LogRequest.newBuilder()
                    .setRequest(lastRequest)
                    .setService(wanted.service().value())
                    .setSlot(wanted.slot())
                    .setPrevious(wanted.previous())
                    .setTail(wanted.tail())
                    .setFollow(wanted.follow()))
            .build());
  }

  void chunk(LogChunk chunk) {
    ActorRef<LogPart> reader = readers.get(chunk.getRequest());
    if (reader == null) {
      return;
    }
    if (!chunk.getError().isEmpty()) {
      reader.tell(new LogPart.Refused(chunk.getError()));
      forget(chunk.getRequest());
      return;
    }
    reader.tell(new LogPart.Chunk(chunk.getData()));
    if (chunk.getEnd()) {
      reader.tell(new LogPart.End());
      forget(chunk.getRequest());
    }
  }

  /** Nobody takes the output any more. */
  void left(long request) {
    if (readers.remove(request) != null) {
      out.onNext(
          SupervisorMessage.newBuilder()
              .setLogCancel(LogCancel.newBuilder().setRequest(request))
              .build());
    }
  }

  void endAll() {
    readers.values().forEach(reader -> reader.tell(new LogPart.End()));
    readers.clear();
  }

  private void forget(long request) {
    ActorRef<LogPart> reader = readers.remove(request);
    if (reader != null) {
      context.unwatch(reader);
    }
  }
}
