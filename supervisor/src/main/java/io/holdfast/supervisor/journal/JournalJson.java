package io.holdfast.supervisor.journal;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.MutableConfigOverride;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.holdfast.core.GroupName;
import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.instance.ExitStatus;
import io.holdfast.core.spec.GroupSpec;
import io.holdfast.core.spec.ServiceSpec;
import io.holdfast.core.supervision.Child;
import io.holdfast.core.supervision.Verdict;
import io.holdfast.protocol.spec.SpecReader;
import io.holdfast.protocol.spec.SpecWriter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;

/**
 * Core's values as JSON, so that a journal can be read with nothing but SQL and eyes.
 *
 * <p>Core carries no annotations; what Jackson must know about it stands here.
 */
public final class JournalJson {

  private JournalJson() {}

  /** For events. */
  static ObjectMapper mapper() {
    return builder().addModule(BatchJson.module()).build();
  }

  /** For states: what their records hold, and nothing that follows from it. */
  static ObjectMapper states() {
    return StateKinds.addTo(builder())
        .visibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
        .build();
  }

  private static JsonMapper.Builder builder() {
    return JsonMapper.builder()
        .addModule(new Jdk8Module())
        .addModule(new JavaTimeModule())
        .addModule(values())
        .addMixIn(ExitStatus.class, ExitStatusKinds.class)
        .addMixIn(Verdict.class, VerdictKinds.class)
        .addMixIn(Child.class, ChildKinds.class)
        // What an event of an earlier release does not say is blank, not null.
        .withConfigOverride(String.class, JournalJson::blank)
        .withConfigOverride(List.class, JournalJson::blank)
        .withConfigOverride(Map.class, JournalJson::blank)
        .withConfigOverride(SortedMap.class, JournalJson::blank)
        .defaultPropertyInclusion(
            JsonInclude.Value.construct(
                JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
        // A newer release may have written more than this one knows.
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  }

  public static void blank(MutableConfigOverride type) {
    type.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY));
  }

  public static SimpleModule values() {
    SimpleModule module = new SimpleModule("holdfast-values");
    text(module, ServiceName.class, ServiceName::value, ServiceName::new);
    text(module, NodeId.class, NodeId::value, NodeId::new);
    text(module, InstanceId.class, InstanceId::toString, JournalJson::instance);
    text(module, GroupName.class, GroupName::value, GroupName::new);
    text(module, ServiceSpec.class, SpecWriter::json, SpecReader::readOne);
    text(module, GroupSpec.class, SpecWriter::json, SpecReader::readGroup);
    key(module, ServiceName.class, ServiceName::new);
    key(module, NodeId.class, NodeId::new);
    key(module, GroupName.class, GroupName::new);
    key(module, InstanceId.class, JournalJson::instance);
    return module;
  }

  private static InstanceId instance(String written) {
    return InstanceId.parse(written)
        .orElseThrow(() -> new IllegalArgumentException("no instance id: " + written));
  }

  private static <T> void key(SimpleModule module, Class<T> type, Function<String, T> read) {
    module.addKeyDeserializer(
        type,
        new KeyDeserializer() {
          @Override
          public T deserializeKey(String key, DeserializationContext context) {
            return read.apply(key);
          }
        });
  }

  private static <T> void text(
      SimpleModule module, Class<T> type, Function<T, String> write, Function<String, T> read) {
    module.addSerializer(type, new AsText<>(type, write));
    module.addDeserializer(type, new FromText<>(type, read));
  }

  private static final class AsText<T> extends StdScalarSerializer<T> {

    private static final long serialVersionUID = 1L;
    private final transient Function<T, String> write;

    AsText(Class<T> type, Function<T, String> write) {
      super(type);
      this.write = write;
    }

    @Override
    public void serialize(T value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(write.apply(value));
    }
  }

  private static final class FromText<T> extends StdScalarDeserializer<T> {

    private static final long serialVersionUID = 1L;
    private final transient Function<String, T> read;

    FromText(Class<T> type, Function<String, T> read) {
      super(type);
      this.read = read;
    }

    @Override
    public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
      return read.apply(json.getValueAsString());
    }
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = ExitStatus.Code.class, name = "code"),
    @JsonSubTypes.Type(value = ExitStatus.Signal.class, name = "signal"),
    @JsonSubTypes.Type(value = ExitStatus.NotStarted.class, name = "not-started"),
    @JsonSubTypes.Type(value = ExitStatus.Unknown.class, name = "unknown")
  })
  private interface ExitStatusKinds {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Verdict.Expected.class, name = "expected"),
    @JsonSubTypes.Type(value = Verdict.Final.class, name = "final"),
    @JsonSubTypes.Type(value = Verdict.Await.class, name = "await"),
    @JsonSubTypes.Type(value = Verdict.Relaunch.class, name = "relaunch"),
    @JsonSubTypes.Type(value = Verdict.Fence.class, name = "fence"),
    @JsonSubTypes.Type(value = Verdict.Delegated.class, name = "delegated"),
    @JsonSubTypes.Type(value = Verdict.Paced.class, name = "paced"),
    @JsonSubTypes.Type(value = Verdict.Move.class, name = "move"),
    @JsonSubTypes.Type(value = Verdict.Escalate.class, name = "escalate"),
    @JsonSubTypes.Type(value = Verdict.RestartAtOnce.class, name = "restart-at-once"),
    @JsonSubTypes.Type(value = Verdict.BackOff.class, name = "back-off"),
    @JsonSubTypes.Type(value = Verdict.Hold.class, name = "hold")
  })
  private interface VerdictKinds {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Child.OfService.class, name = "service"),
    @JsonSubTypes.Type(value = Child.OfGroup.class, name = "group")
  })
  private interface ChildKinds {}
}
