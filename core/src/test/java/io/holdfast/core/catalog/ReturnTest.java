package io.holdfast.core.catalog;

import static io.holdfast.core.fixture.Palette.START;
import static io.holdfast.core.fixture.WebSpec.named;
import static io.holdfast.core.fixture.WebSpec.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.ServiceName;
import io.holdfast.core.fixture.WebSpec;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Back to what a service ran before. */
final class ReturnTest {

  private static final ServiceName WEB = new ServiceName("web");

  private Catalog catalog = Catalog.EMPTY;

  @Test
  void withoutAVersionItIsTheOneBefore() {
    apply(web().program("a"), web().program("b"));

    assertThat(back()).isEqualTo(to(3, web().program("a")));
  }

  @Test
  void theNumberOfInstancesIsThatOfNow() {
    apply(web().program("a"), web().program("b").instances(7));

    assertThat(back()).isEqualTo(to(3, web().program("a").instances(7)));
  }

  @Test
  void scalingMakesNoVersionToGoBackTo() {
    apply(web(), web().instances(3), web().instances(5));

    assertThat(catalog.past(WEB)).isEmpty();
    assertThat(back()).isEqualTo(new Return.Nowhere("'web' has no earlier version to go back to"));
  }

  @Test
  void goingBackTwiceGoesFurtherBack() {
    apply(web().program("a"), web().program("b"), web().program("c"));

    goBack(back());
    assertThat(program()).isEqualTo("b");
    assertThat(back()).isEqualTo(to(5, web().program("a")));
  }

  @Test
  void whatWasGoneBackFromIsTakenOnlyWhenItIsAskedFor() {
    apply(web().program("a"), web().program("b"));
    goBack(back());

    assertThat(back())
        .isEqualTo(
            new Return.Nowhere(
                "'web' has no earlier version to go back to; those that are remembered are"
                    + " 1, 2 (gone back from)"));
    assertThat(Return.of(catalog, WEB, OptionalLong.of(2))).isEqualTo(to(4, web().program("b")));
  }

  @Test
  void aVersionThatIsNotRememberedIsNamed() {
    apply(web().program("a"), web().program("b"));

    assertThat(Return.of(catalog, WEB, OptionalLong.of(7)))
        .isEqualTo(
            new Return.Nowhere("'web' has no earlier version 7; those that are remembered are 1"));
  }

  @Test
  void tenVersionsAreRemembered() {
    for (int i = 0; i < 15; i++) {
      apply(web().program("p" + i));
    }

    assertThat(catalog.past(WEB))
        .hasSize(10)
        .first()
        .extracting(Catalog.Past::version)
        .isEqualTo(5L);
  }

  @Test
  void aServiceThatIsNotThereIsUnknown() {
    assertThat(back()).isEqualTo(new Return.Unknown());
  }

  @Test
  void itDoesNotGoBackToWhatCannotHoldAnyMore() {
    apply(named("db"), web().dependsOn(new ServiceName("db")), web().program("b"));
    catalog = catalog.after(new CatalogEvent.ServiceRemoved(new ServiceName("db"), 2, START));

    assertThat(back()).isInstanceOf(Return.Nowhere.class);
  }

  @Test
  void aServiceGoesBackOnlyFromTheVersionThatFailed() {
    apply(web().program("a"), web().program("b"));

    assertThat(Return.of(catalog, web().program("a").build(), 2))
        .isEqualTo(to(3, web().program("a")));
    assertThat(Return.of(catalog, web().program("a").build(), 1)).isEqualTo(new Return.Unknown());
  }

  @Test
  void whatIsDeletedIsForgotten() {
    apply(web().program("a"), web().program("b"));

    catalog = catalog.after(new CatalogEvent.ServiceRemoved(WEB, 3, START));

    assertThat(catalog.past(WEB)).isEmpty();
  }

  private void apply(WebSpec... specs) {
    for (WebSpec spec : specs) {
      ServiceName name = spec.build().name();
      Catalog.Entry entry = new Catalog.Entry(catalog.nextVersion(name), spec.build());
      catalog = catalog.after(new CatalogEvent.ChangesApplied(List.of(entry), List.of(), START));
    }
  }

  private Return back() {
    return Return.of(catalog, WEB, OptionalLong.empty());
  }

  private void goBack(Return way) {
    Catalog.Entry entry = ((Return.To) way).entry();
    catalog = catalog.after(new CatalogEvent.WentBack(entry, entry.version() - 1, "", START));
  }

  private String program() {
    return catalog.find(WEB).orElseThrow().spec().process().command().getFirst();
  }

  private static Return to(long version, WebSpec spec) {
    return new Return.To(new Catalog.Entry(version, spec.build()));
  }
}
