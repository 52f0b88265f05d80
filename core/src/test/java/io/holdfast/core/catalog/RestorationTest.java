package io.holdfast.core.catalog;

import static io.holdfast.core.fixture.WebSpec.named;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.GroupName;
import io.holdfast.core.Restoration;
import io.holdfast.core.ServiceName;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A catalogue from a backup: versions that were given out after that are given out no more. */
final class RestorationTest {

  private static final Instant AT = Instant.parse("2026-11-01T00:00:00Z");
  private static final ServiceName WEB = new ServiceName("web");
  private static final ServiceName GONE = new ServiceName("gone");

  private final Catalog before =
      Catalog.EMPTY
          .after(changed(3, "web"))
          .after(changed(4, "gone"))
          .after(new CatalogEvent.ServiceRemoved(GONE, 5, AT));

  private final Catalog restored = before.after(new CatalogEvent.Restored(1_000, 50_000, AT));

  @Test
  void everyVersionRises() {
    assertThat(restored.find(WEB).orElseThrow().version()).isEqualTo(1_003);
    assertThat(restored.nextVersion(WEB)).isEqualTo(1_004);
    assertThat(restored.nextVersion(GONE)).isEqualTo(1_006);
  }

  @Test
  void theSpecificationsAreThoseOfTheBackup() {
    assertThat(restored.find(WEB).map(Catalog.Entry::spec))
        .isEqualTo(before.find(WEB).map(Catalog.Entry::spec));
  }

  @Test
  void whatMayHaveBeenMadeAfterTheBackupBeginsAboveToo() {
    assertThat(restored.nextVersion(new ServiceName("new"))).isEqualTo(1_001);
    assertThat(restored.nextVersion(new GroupName("new"))).isEqualTo(1_001);
  }

  @Test
  void eachRestoreRaisesWhatTheOneBeforeRaised() {
    Catalog again = restored.after(new CatalogEvent.Restored(10, 20, AT.plusSeconds(1)));

    assertThat(again.restored()).hasValue(new Restoration(1_010, 50_020, AT.plusSeconds(1)));
    assertThat(again.nextVersion(WEB)).isEqualTo(1_014);
  }

  @Test
  void laterChangesKeepWhatIsKnownOfTheRestore() {
    assertThat(restored.after(changed(1_004, "web")).restored()).isEqualTo(restored.restored());
  }

  private static CatalogEvent changed(long version, String name) {
    return new CatalogEvent.ChangesApplied(
        List.of(new Catalog.Entry(version, named(name).build())), List.of(), AT);
  }
}
