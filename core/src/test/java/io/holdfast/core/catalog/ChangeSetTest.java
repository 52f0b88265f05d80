package io.holdfast.core.catalog;

import static io.holdfast.core.fixture.Palette.CACHE;
import static io.holdfast.core.fixture.Palette.DB;
import static io.holdfast.core.fixture.Palette.START;
import static io.holdfast.core.fixture.Palette.WEB;
import static io.holdfast.core.fixture.WebSpec.named;
import static io.holdfast.core.fixture.WebSpec.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.catalog.Change.Kind;
import io.holdfast.core.catalog.ChangeSet.Sound;
import io.holdfast.core.catalog.ChangeSet.Unsound;
import io.holdfast.core.fixture.WebSpec;
import io.holdfast.core.spec.Entrance;
import io.holdfast.core.spec.ServiceSpec;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Specifications that are applied together: all of them, or none and every reason why. */
final class ChangeSetTest {

  @Test
  void aNewServiceIsCreatedAtVersionOne() {
    assertThat(kinds(Catalog.EMPTY, web())).containsExactly("web CREATED 1");
  }

  @Test
  void aChangedServiceIsUpdatedToTheNextVersion() {
    assertThat(kinds(holding(web()), web().instances(2))).containsExactly("web UPDATED 2");
  }

  @Test
  void anEqualServiceIsUnchangedAndNotRecorded() {
    Sound set = sound(holding(web(), named("db")), web(), named("db").instances(2));

    assertThat(set.changes())
        .extracting(Change::kind)
        .containsExactly(Kind.UNCHANGED, Kind.UPDATED);
    assertThat(set.entries()).extracting(entry -> entry.spec().name()).containsExactly(DB);
  }

  @Test
  void aServiceThatIsNotInTheSetStays() {
    Catalog catalog = applied(holding(named("db")), web());

    assertThat(catalog.services()).containsOnlyKeys(DB, WEB);
  }

  @Test
  void onlyAnotherProcessRestartsInstances() {
    Catalog catalog = holding(web().instances(3));

    assertThat(restarts(catalog, web().instances(3).program("bin/newer"))).isEqualTo(3);
    assertThat(restarts(catalog, web().instances(2).program("bin/newer"))).isEqualTo(2);
    assertThat(restarts(catalog, web().instances(5))).isZero();
    assertThat(restarts(Catalog.EMPTY, web())).isZero();
  }

  @Test
  void aDependencyMayBeThereOrComeInTheSameSet() {
    assertThat(kinds(holding(named("db")), web().dependsOn(DB))).hasSize(1);
    assertThat(kinds(Catalog.EMPTY, web().dependsOn(DB), named("db"))).hasSize(2);
  }

  @Test
  void anUnknownDependencyIsRefusedWithItsPlace() {
    assertThat(flaws(holding(named("db")), web().dependsOn(DB).dependsOn(CACHE), named("other")))
        .containsExactly(
            new Flaw(
                "web",
                "dependsOn[1].service",
                "expected a service that exists or is applied with it, got 'cache'"));
  }

  @Test
  void aCycleIsRefusedWithItsWay() {
    Catalog catalog = applied(holding(named("cache")), named("db").dependsOn(CACHE));

    assertThat(flaws(catalog, web().dependsOn(DB), named("cache").dependsOn(WEB)))
        .containsExactly(
            new Flaw("web", "dependsOn", "expected no cycle, got web -> db -> cache -> web"),
            new Flaw("cache", "dependsOn", "expected no cycle, got cache -> web -> db -> cache"));
  }

  @Test
  void twoWaysToOneDependencyAreNoCycle() {
    assertThat(
            kinds(
                Catalog.EMPTY,
                web().dependsOn(DB).dependsOn(CACHE),
                named("cache").dependsOn(DB),
                named("db")))
        .hasSize(3);
  }

  @Test
  void aHostOfAnotherServiceIsRefused() {
    assertThat(flaws(holding(named("db").host("shop.example.com")), web().host("shop.example.com")))
        .containsExactly(
            new Flaw(
                "web",
                "routing.host",
                "expected a host of its own, 'shop.example.com' belongs to db"));
  }

  @Test
  void aPortOfAnotherServiceIsRefusedAndOnesOwnIsKept() {
    Catalog catalog = holding(named("db").listen(9080, Entrance.Mode.TCP));

    assertThat(flaws(catalog, web().listen(9080, Entrance.Mode.HTTP)))
        .containsExactly(
            new Flaw("web", "routing.listen", "expected a port of its own, 9080 belongs to db"));
    assertThat(kinds(catalog, named("db").listen(9080, Entrance.Mode.HTTP)))
        .containsExactly("db UPDATED 2");
    assertThat(
            flaws(
                Catalog.EMPTY,
                named("a").listen(1, Entrance.Mode.TCP),
                named("b").listen(1, Entrance.Mode.TCP)))
        .hasSize(2);
  }

  @Test
  void theNamesThatEveryServiceHasAreHostsToo() {
    Catalog catalog = holding(named("db"));

    for (String host : List.of("db", "db.localhost", "db.holdfast", "DB.localhost")) {
      assertThat(flaws(catalog, web().host(host)))
          .extracting(Flaw::path)
          .containsExactly("routing.host");
    }
  }

  @Test
  void aNameThatIsAnotherServicesHostIsRefused() {
    assertThat(flaws(holding(web().host("db.localhost")), named("db")))
        .containsExactly(
            new Flaw("db", "name", "expected a name of its own, web has the host 'db.localhost'"));
  }

  @Test
  void aServiceMayHaveItsOwnNameAsHostAndKeepItsHost() {
    assertThat(kinds(holding(web().host("web.localhost")), web().host("web.localhost")))
        .containsExactly("web UNCHANGED 1");
  }

  @Test
  void aHostThatChangesHandsInOneSetIsFine() {
    assertThat(
            kinds(
                holding(web().host("shop.example.com")),
                web(),
                named("db").host("shop.example.com")))
        .containsExactly("web UPDATED 2", "db CREATED 1");
  }

  @Test
  void everyReasonIsListed() {
    assertThat(flaws(holding(named("db")), web().dependsOn(CACHE).host("db"))).hasSize(2);
  }

  @Test
  void aServiceCreatedAgainGoesOnFromItsLastVersion() {
    Catalog catalog = holding(web()).after(new CatalogEvent.ServiceRemoved(WEB, 7, START));
    assertThat(catalog.find(WEB)).isEmpty();

    assertThat(kinds(catalog, web())).containsExactly("web CREATED 8");
    assertThat(applied(catalog, web()).removed()).isEmpty();
  }

  private static Catalog holding(WebSpec... specs) {
    return applied(Catalog.EMPTY, specs);
  }

  private static Catalog applied(Catalog catalog, WebSpec... specs) {
    return catalog.after(
        new CatalogEvent.ChangesApplied(
            sound(catalog, specs).entries(), sound(catalog, specs).groups(), START));
  }

  private static ChangeSet weigh(Catalog catalog, WebSpec... specs) {
    List<ServiceSpec> built = Stream.of(specs).map(WebSpec::build).toList();
    return ChangeSet.weigh(catalog, built);
  }

  private static Sound sound(Catalog catalog, WebSpec... specs) {
    return (Sound) weigh(catalog, specs);
  }

  private static List<Flaw> flaws(Catalog catalog, WebSpec... specs) {
    return ((Unsound) weigh(catalog, specs)).flaws();
  }

  private static int restarts(Catalog catalog, WebSpec spec) {
    return ((Change.OfService) sound(catalog, spec).changes().getFirst()).restarts();
  }

  private static List<String> kinds(Catalog catalog, WebSpec... specs) {
    return sound(catalog, specs).changes().stream()
        .map(change -> change.spec().title() + " " + change.kind() + " " + change.version())
        .toList();
  }
}
