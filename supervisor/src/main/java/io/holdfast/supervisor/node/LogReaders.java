package io.holdfast.supervisor.node;

import akka.util.ByteString;
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

  private final StreamObserver<SupervisorMessage> out;
  private final Map<Long, LogSink> readers = new HashMap<>();
  private long lastRequest;

  LogReaders(StreamObserver<SupervisorMessage> out) {
    this.out = out;
  }

  void begin(AgentSession.LogWanted wanted) {
    if (readers.size() >= MOST) {
      wanted.sink().refuse("too many logs are being read from this node");
      return;
    }
    lastRequest++;
    readers.put(lastRequest, wanted.sink());
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
    LogSink reader = readers.get(chunk.getRequest());
    if (reader == null) {
      return;
    }
    if (!chunk.getError().isEmpty()) {
      readers.remove(chunk.getRequest());
      reader.refuse(chunk.getError());
      return;
    }
    boolean taken = reader.accept(ByteString.fromArray(chunk.getData().toByteArray()));
    if (chunk.getEnd() || !taken) {
      readers.remove(chunk.getRequest());
      reader.end();
    }
    if (!taken && !chunk.getEnd()) {
      cancel(chunk.getRequest());
    }
  }

  void endAll() {
    readers.values().forEach(LogSink::end);
    readers.clear();
  }

  private void cancel(long request) {
    out.onNext(
        SupervisorMessage.newBuilder()
            .setLogCancel(LogCancel.newBuilder().setRequest(request))
            .build());
  }
}
