package io.holdfast.supervisor.wire;

import akka.actor.typed.ActorRef;
import com.google.protobuf.ByteString;
import io.holdfast.core.GroupName;
import io.holdfast.core.InstanceId;
import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.balancing.Latencies;
import io.holdfast.core.spec.GroupSpec;
import io.holdfast.core.spec.ServiceSpec;
import io.holdfast.core.spec.Strategy;
import io.holdfast.protocol.agent.SupervisorMessage;
import io.holdfast.protocol.agent.Welcome;
import io.holdfast.protocol.spec.SpecReader;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Values of any record, filled at random, as far as its constructors take them. */
public final class AnyMessage {

  private static final int TRIES = 200;
  private static final ServiceSpec SPEC =
      SpecReader.readOne("{name: web, command: [web, \"${PORT}\"], ports: {http: auto}}");

  private final Random random;
  private final Optional<ActorRef<?>> actor;

  AnyMessage(Random random, ActorRef<?> actor) {
    this.random = random;
    this.actor = Optional.of(actor);
  }

  private AnyMessage(Random random) {
    this.random = random;
    this.actor = Optional.empty();
  }

  /** For what names no actors. */
  public static AnyMessage without(Random random) {
    return new AnyMessage(random);
  }

  public Object of(Class<?> kind) {
    for (int i = 0; i < TRIES; i++) {
      try {
        return value(kind);
      } catch (Unfit e) {
        // Some combinations make no sense; the next may.
      }
    }
    throw new IllegalStateException("no value of " + kind + " can be made");
  }

  private static final class Unfit extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unfit(Throwable cause) {
      super(cause);
    }
  }

  private Object value(Type type) {
    return switch (type) {
      case ParameterizedType generic -> container(generic);
      case WildcardType wildcard -> value(wildcard.getUpperBounds()[0]);
      case Class<?> kind -> plain(kind);
      default -> throw new IllegalArgumentException("unknown: " + type);
    };
  }

  private Object container(ParameterizedType generic) {
    Type[] of = generic.getActualTypeArguments();
    Class<?> kind = (Class<?>) generic.getRawType();
    if (kind == ActorRef.class) {
      return actor.orElseThrow();
    }
    if (kind == Optional.class) {
      return random.nextBoolean() ? Optional.empty() : Optional.of(value(of[0]));
    }
    if (kind == Map.class || kind == SortedMap.class) {
      Map<Object, Object> map = kind == Map.class ? new HashMap<>() : new TreeMap<>();
      some().forEach(_ -> map.put(value(of[0]), value(of[1])));
      return map;
    }
    Collection<Object> all =
        kind == List.class ? new ArrayList<>() : kind == Set.class ? setOf() : new TreeSet<>();
    some().forEach(_ -> all.add(value(of[0])));
    return kind == SortedSet.class || kind == List.class || kind == Set.class ? all : unknown(kind);
  }

  private static Set<Object> setOf() {
    return new HashSet<>();
  }

  private List<Integer> some() {
    return IntStream.range(0, random.nextInt(3)).boxed().toList();
  }

  private Object plain(Class<?> kind) {
    if (kind == int.class || kind == Integer.class) {
      return 1 + random.nextInt(9);
    }
    if (kind == long.class || kind == Long.class) {
      return 1 + random.nextLong(1L << 40);
    }
    if (kind == double.class || kind == Double.class) {
      return random.nextDouble();
    }
    if (kind == boolean.class || kind == Boolean.class) {
      return random.nextBoolean();
    }
    return kind.isEnum() ? one(kind.getEnumConstants()) : named(kind);
  }

  private Object named(Class<?> kind) {
    return switch (kind.getSimpleName()) {
      case "String" -> one("", "a", "ä \"b\"\n", "10.0.0.1");
      case "ServiceName" -> new ServiceName(one("web", "db"));
      case "GroupName" -> new GroupName(one("shop", "mall"));
      case "NodeId" -> new NodeId(one("node-a", "node-b"));
      case "InstanceId" ->
          new InstanceId(new ServiceName("web"), random.nextInt(9), 1 + random.nextInt(99));
      case "ServiceSpec" -> SPEC;
      case "GroupSpec" ->
          new GroupSpec(
              new GroupName("shop"), Strategy.ONE_FOR_ALL, 3, Duration.ofMinutes(1), List.of("db"));
      case "Duration" -> Duration.ofNanos(random.nextLong(1L << 40));
      case "Instant" ->
          one(Instant.MAX, Instant.EPOCH, Instant.ofEpochSecond(random.nextInt(), 123_456_789));
      case "OptionalInt" -> one(OptionalInt.empty(), OptionalInt.of(3));
      case "OptionalDouble" -> one(OptionalDouble.empty(), OptionalDouble.of(0.5));
      case "Latencies" -> Latencies.NONE;
      case "OptionalLong" -> one(OptionalLong.empty(), OptionalLong.of(1L << 40));
      case "SupervisorMessage" ->
          SupervisorMessage.newBuilder().setWelcome(Welcome.getDefaultInstance()).build();
      case "ByteString" -> ByteString.copyFromUtf8("some output\n");
      case "ActorRef" -> actor.orElseThrow();
      default -> kind.isSealed() ? value(one(SealedNames.kinds(kind).toArray())) : record(kind);
    };
  }

  private Object value(Object kind) {
    return value((Type) kind);
  }

  private Object record(Class<?> kind) {
    if (!kind.isRecord()) {
      return unknown(kind);
    }
    RecordComponent[] parts = kind.getRecordComponents();
    try {
      Constructor<?> constructor =
          kind.getDeclaredConstructor(
              Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return constructor.newInstance(
          Arrays.stream(parts).map(part -> value(part.getGenericType())).toArray());
    } catch (InvocationTargetException e) {
      throw new Unfit(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object unknown(Class<?> kind) {
    throw new IllegalArgumentException(kind + " is not known here");
  }

  @SafeVarargs
  private <T> T one(T... these) {
    return these[random.nextInt(these.length)];
  }
}
