package io.holdfast.core.catalog;

import static io.holdfast.core.fixture.Palette.DB;
import static io.holdfast.core.fixture.Palette.MALL;
import static io.holdfast.core.fixture.Palette.SHOP;
import static io.holdfast.core.fixture.Palette.START;
import static io.holdfast.core.fixture.Palette.WEB;
import static io.holdfast.core.fixture.WebSpec.named;
import static io.holdfast.core.fixture.WebSpec.web;
import static io.holdfast.core.spec.Dependency.OnRestart.RESTART;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.GroupName;
import io.holdfast.core.ServiceName;
import io.holdfast.core.catalog.ChangeSet.Sound;
import io.holdfast.core.catalog.ChangeSet.Unsound;
import io.holdfast.core.spec.GroupSpec;
import io.holdfast.core.spec.Spec;
import io.holdfast.core.spec.Strategy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Groups among the specifications that are applied together. */
final class GroupChangesTest {

  private static final ServiceName CACHE = new ServiceName("cache");
  private static final String UNKNOWN =
      "expected a service or group that exists or is applied with it, got 'cache'";

  @Test
  void aGroupOfServicesThatAreThereOrComeInTheSameSetIsCreated() {
    Catalog catalog = holding(web().build());

    assertThat(words(catalog, group(SHOP, "db", "web"), named("db").build()))
        .containsExactly("shop CREATED 1", "db CREATED 1");
  }

  @Test
  void aGroupIsUpdatedToTheNextVersionOrUnchanged() {
    Catalog catalog = shop();

    assertThat(words(catalog, group(SHOP, "web", "db"))).containsExactly("shop UPDATED 2");
    assertThat(words(catalog, group(SHOP, "db", "web"))).containsExactly("shop UNCHANGED 1");
    assertThat(sound(catalog, group(SHOP, "db", "web")).groups()).isEmpty();
  }

  @Test
  void anUnknownChildIsRefusedAtItsPlace() {
    assertThat(flaws(holding(web().build()), group(SHOP, "web", "cache")))
        .containsExactly(new Flaw("shop", "children[1]", UNKNOWN));
  }

  @Test
  void aChildBelongsToOneGroup() {
    assertThat(flaws(shop(), group(MALL, "web")))
        .containsExactly(
            new Flaw(
                "mall", "children[0]", "expected a child of no other group, 'web' is one of shop"));
  }

  @Test
  void aGroupMayBeAChildOfAnotherButNotOfItsOwnChildren() {
    Catalog catalog = applied(shop(), group(MALL, "shop"));
    assertThat(catalog.parentOf("shop")).hasValue(MALL);
    assertThat(catalog.parentOf("web")).hasValue(SHOP);
    assertThat(catalog.parentOf("mall")).isEmpty();

    assertThat(flaws(catalog, group(SHOP, "db", "web", "mall")))
        .containsExactly(
            new Flaw("shop", "children", "expected no cycle, got shop -> mall -> shop"));
  }

  @Test
  void aNameIsOfAServiceOrOfAGroup() {
    assertThat(flaws(shop(), named("shop").build()))
        .containsExactly(
            new Flaw("shop", "name", "expected a name of its own, a group has this one"));
    assertThat(flaws(shop(), group(new GroupName("web"), "db")))
        .contains(new Flaw("web", "name", "expected a name of its own, a service has this one"));
  }

  @Test
  void aDeletedGroupLeavesItsChildrenAndItsVersionBehind() {
    Catalog catalog = shop().after(new CatalogEvent.GroupRemoved(SHOP, 2, START));

    assertThat(catalog.groups()).isEmpty();
    assertThat(catalog.services()).containsKeys(DB, WEB);
    assertThat(words(catalog, group(SHOP, "db"))).containsExactly("shop CREATED 3");
  }

  @Test
  void aChangeNamesAllThatDependOnIt() {
    Catalog catalog =
        holding(
            named("db").build(),
            named("cache").dependsOn(DB).build(),
            web().dependsOn(CACHE).build());

    Change change = sound(catalog, named("db").instances(2).build()).changes().getFirst();

    assertThat(change)
        .isInstanceOfSatisfying(
            Change.OfService.class,
            service ->
                assertThat(service.dependents())
                    .extracting(Object::toString)
                    .containsExactly("cache", "web"));
  }

  @Test
  void aChangeNamesAllThatAreRestartedWithIt() {
    Catalog catalog =
        holding(
            named("db").build(),
            named("cache").dependsOn(DB, RESTART).build(),
            named("shelf").dependsOn(CACHE, RESTART).build(),
            web().dependsOn(DB).build());

    Change change = sound(catalog, named("db").instances(2).build()).changes().getFirst();

    assertThat(change)
        .isInstanceOfSatisfying(
            Change.OfService.class,
            service ->
                assertThat(service.followers())
                    .extracting(Object::toString)
                    .containsExactly("cache", "shelf"));
  }

  private static Catalog shop() {
    return holding(named("db").build(), web().build(), group(SHOP, "db", "web"));
  }

  private static GroupSpec group(GroupName name, String... children) {
    return new GroupSpec(name, Strategy.ONE_FOR_ALL, 3, Duration.ofMinutes(1), List.of(children));
  }

  private static Catalog holding(Spec... specs) {
    return applied(Catalog.EMPTY, specs);
  }

  private static Catalog applied(Catalog catalog, Spec... specs) {
    Sound set = sound(catalog, specs);
    return catalog.after(new CatalogEvent.ChangesApplied(set.entries(), set.groups(), START));
  }

  private static Sound sound(Catalog catalog, Spec... specs) {
    return (Sound) ChangeSet.weigh(catalog, List.of(specs));
  }

  private static List<Flaw> flaws(Catalog catalog, Spec... specs) {
    return ((Unsound) ChangeSet.weigh(catalog, List.of(specs))).flaws();
  }

  private static List<String> words(Catalog catalog, Spec... specs) {
    return sound(catalog, specs).changes().stream()
        .map(change -> change.spec().title() + " " + change.kind() + " " + change.version())
        .toList();
  }
}
