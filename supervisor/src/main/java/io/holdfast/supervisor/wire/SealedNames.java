package io.holdfast.supervisor.wire;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Has every value of a sealed interface say which of its kinds it is, by the kind's simple name.
 *
 * <p>So no type needs annotations to cross nodes. A kind that is renamed is another one: nodes of
 * the release before do not know it.
 */
final class SealedNames extends JacksonAnnotationIntrospector {

  private static final long serialVersionUID = 1L;
  private static final JsonTypeInfo.Value KIND =
      JsonTypeInfo.Value.construct(
          JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, "is", null, false, true, null);

  @Override
  public JsonTypeInfo.Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
    return isSealed(annotated.getRawType())
        ? KIND
        : super.findPolymorphicTypeInfo(config, annotated);
  }

  @Override
  public List<NamedType> findSubtypes(Annotated annotated) {
    return isSealed(annotated.getRawType())
        ? kinds(annotated.getRawType())
            .map(kind -> new NamedType(kind, kind.getSimpleName()))
            .toList()
        : super.findSubtypes(annotated);
  }

  private static boolean isSealed(Class<?> type) {
    return type.isInterface() && type.isSealed();
  }

  /** Every class that a value of {@code type} may have. */
  static Stream<Class<?>> kinds(Class<?> type) {
    return isSealed(type)
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(SealedNames::kinds)
        : Stream.of(type);
  }
}
