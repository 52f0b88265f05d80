package io.holdfast.supervisor.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.holdfast.core.supervision.ServiceEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A batch as a list of objects of one field each: the name of the kind, and what it holds. */
final class BatchJson {

  private static final JsonFactory JSON = new JsonFactory();

  private BatchJson() {}

  static SimpleModule module() {
    return new SimpleModule("holdfast-batches")
        .addSerializer(Batch.class, new Written())
        .addDeserializer(Batch.class, new Read());
  }

  /** The first kind of event in it that this release does not know. */
  static Optional<String> unknown(byte[] written) throws IOException {
    Optional<String> unknown = Optional.empty();
    try (JsonParser json = JSON.createParser(written)) {
      expect(json.nextToken() == JsonToken.START_ARRAY);
      expect(json.nextToken() == JsonToken.START_OBJECT);
      while (json.currentToken() == JsonToken.START_OBJECT) {
        String name = json.nextFieldName();
        expect(name != null && json.nextToken() == JsonToken.START_OBJECT);
        json.skipChildren();
        expect(json.nextToken() == JsonToken.END_OBJECT);
        json.nextToken();
        unknown = unknown.or(() -> Optional.of(name).filter(each -> !isKnown(each)));
      }
      expect(json.currentToken() == JsonToken.END_ARRAY);
    }
    return unknown;
  }

  private static void expect(boolean fits) throws IOException {
    if (!fits) {
      throw new IOException("no list of events, each with its kind");
    }
  }

  private static boolean isKnown(String name) {
    return JournalEvents.find(name).filter(ServiceEvent.class::isAssignableFrom).isPresent();
  }

  private static final class Written extends StdSerializer<Batch> {

    private static final long serialVersionUID = 1L;

    Written() {
      super(Batch.class);
    }

    @Override
    public void serialize(Batch batch, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeStartArray();
      for (ServiceEvent event : batch.events()) {
        json.writeStartObject();
        provider.defaultSerializeField(JournalEvents.nameOf(event.getClass()), event, json);
        json.writeEndObject();
      }
      json.writeEndArray();
    }
  }

  private static final class Read extends StdDeserializer<Batch> {

    private static final long serialVersionUID = 1L;

    Read() {
      super(Batch.class);
    }

    @Override
    public Batch deserialize(JsonParser json, DeserializationContext context) throws IOException {
      List<ServiceEvent> events = new ArrayList<>();
      while (json.nextToken() == JsonToken.START_OBJECT) {
        String name = json.nextFieldName();
        json.nextToken();
        events.add((ServiceEvent) context.readValue(json, JournalEvents.require(name)));
        json.nextToken();
      }
      return new Batch(events);
    }
  }
}
