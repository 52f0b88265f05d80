package io.holdfast.supervisor.wire;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.holdfast.core.balancing.Latencies;
import io.holdfast.protocol.agent.SupervisorMessage;
import io.holdfast.supervisor.journal.JournalJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Messages between supervisor nodes as JSON, which a node of the next or last release can read. */
final class ClusterJson {

  private ClusterJson() {}

  static ObjectMapper mapper(ActorRefResolver actors) {
    return JsonMapper.builder()
        .addModule(new Jdk8Module())
        .addModule(new JavaTimeModule())
        .addModule(JournalJson.values())
        .addModule(messages(actors))
        .annotationIntrospector(new SealedNames())
        .withConfigOverride(List.class, JournalJson::blank)
        .withConfigOverride(Map.class, JournalJson::blank)
        .withConfigOverride(SortedMap.class, JournalJson::blank)
        .withConfigOverride(String.class, JournalJson::blank)
        .defaultPropertyInclusion(
            JsonInclude.Value.construct(
                JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .build();
  }

  private static SimpleModule messages(ActorRefResolver actors) {
    SimpleModule module = new SimpleModule("holdfast-messages");
    module.addSerializer(ActorRef.class, new AsAddress(actors));
    module.addDeserializer(ActorRef.class, new FromAddress(actors));
    bytes(module, SupervisorMessage.class, SupervisorMessage::toByteArray, ClusterJson::message);
    bytes(module, ByteString.class, ByteString::toByteArray, ByteString::copyFrom);
    module.addSerializer(Latencies.class, new AsCounts());
    module.addDeserializer(Latencies.class, new FromCounts());
    return module;
  }

  private static SupervisorMessage message(byte[] bytes) {
    try {
      return SupervisorMessage.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new UncheckedIOException("a message to an agent cannot be read", e);
    }
  }

  private static <T> void bytes(
      SimpleModule module, Class<T> type, Function<T, byte[]> write, Function<byte[], T> read) {
    module.addSerializer(type, new AsBytes<>(type, write));
    module.addDeserializer(type, new FromBytes<>(type, read));
  }

  @SuppressWarnings("rawtypes") // The address does not say what the actor understands.
  private static final class AsAddress extends StdScalarSerializer<ActorRef> {

    private static final long serialVersionUID = 1L;
    private final transient ActorRefResolver actors;

    AsAddress(ActorRefResolver actors) {
      super(ActorRef.class);
      this.actors = actors;
    }

    @Override
    @SuppressWarnings("unchecked")
    public void serialize(ActorRef value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(actors.toSerializationFormat(value));
    }
  }

  @SuppressWarnings("rawtypes")
  private static final class FromAddress extends StdScalarDeserializer<ActorRef> {

    private static final long serialVersionUID = 1L;
    private final transient ActorRefResolver actors;

    FromAddress(ActorRefResolver actors) {
      super(ActorRef.class);
      this.actors = actors;
    }

    @Override
    public ActorRef deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      return actors.resolveActorRef(json.getValueAsString());
    }
  }

  private static final class AsCounts extends StdScalarSerializer<Latencies> {

    private static final long serialVersionUID = 1L;

    AsCounts() {
      super(Latencies.class);
    }

    @Override
    public void serialize(Latencies value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeArray(
          IntStream.range(0, Latencies.BUCKETS).map(value::count).toArray(), 0, Latencies.BUCKETS);
    }
  }

  private static final class FromCounts extends StdScalarDeserializer<Latencies> {

    private static final long serialVersionUID = 1L;

    FromCounts() {
      super(Latencies.class);
    }

    @Override
    public Latencies deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      int[] counts = json.readValueAs(int[].class);
      // Of most endpoints, which are idle, it is the same object.
      return Arrays.stream(counts).allMatch(count -> count == 0)
          ? Latencies.NONE
          : Latencies.read(i -> i < counts.length ? counts[i] : 0);
    }
  }

  private static final class AsBytes<T> extends StdScalarSerializer<T> {

    private static final long serialVersionUID = 1L;
    private final transient Function<T, byte[]> write;

    AsBytes(Class<T> type, Function<T, byte[]> write) {
      super(type);
      this.write = write;
    }

    @Override
    public void serialize(T value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeBinary(write.apply(value));
    }
  }

  private static final class FromBytes<T> extends StdScalarDeserializer<T> {

    private static final long serialVersionUID = 1L;
    private final transient Function<byte[], T> read;

    FromBytes(Class<T> type, Function<byte[], T> read) {
      super(type);
      this.read = read;
    }

    @Override
    public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
      return read.apply(json.getBinaryValue());
    }
  }
}
