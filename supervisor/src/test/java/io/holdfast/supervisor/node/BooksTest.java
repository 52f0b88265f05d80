package io.holdfast.supervisor.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.ServiceName;
import io.holdfast.core.placement.Share;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class BooksTest {

  private static final ServiceName WEB = new ServiceName("web");
  private static final ServiceName API = new ServiceName("api");

  private static final Share HOST = new Share(1L << 30, 2_000);

  private final Books books = new Books();

  @Test
  void aFixedPortIsGivenOutOnce() {
    assertThat(books.reserve(WEB, place(0, 9100), HOST)).isEmpty();
    assertThat(books.reserve(API, place(0, 9100), HOST)).contains("has port 9100 taken by web");
    assertThat(books.reserve(WEB, place(1, 9100), HOST)).contains("has port 9100 taken by web");
  }

  @Test
  void theSameSlotMayReserveAgain() {
    assertThat(books.reserve(WEB, place(0, 9100), HOST)).isEmpty();
    assertThat(books.reserve(WEB, place(0, 9100), HOST)).isEmpty();
    assertThat(books.load()).isEqualTo(1);
  }

  @Test
  void aServicesOwnWordReplacesWhatWasBooked() {
    books.reserve(WEB, place(0, 9100), HOST);
    books.replace(WEB, List.of(place(1, 9200)));
    assertThat(books.reserve(API, place(0, 9100), HOST)).isEmpty();
    assertThat(books.reserve(API, place(1, 9200), HOST)).isPresent();
  }

  @Test
  void aServiceThatHasNothingHereIsForgotten() {
    books.reserve(WEB, place(0), HOST);
    books.replace(WEB, List.of());
    assertThat(books.load()).isZero();
    assertThat(books.services()).isEmpty();
  }

  @Test
  void aPlaceThatAsksForMoreThanIsLeftIsRefusedWithWhatIsLacking() {
    assertThat(books.reserve(WEB, asking(0, 824, 500), HOST)).isEmpty();
    assertThat(books.reserve(API, asking(0, 256, 500), HOST))
        .contains("has 200 MiB of memory left and 256 MiB are asked for");
    assertThat(books.reserve(API, asking(0, 100, 1_600), HOST))
        .contains("has 1500m of cpu left and 1600m are asked for");
    assertThat(books.reserve(API, asking(0, 200, 1_500), HOST)).isEmpty();
    assertThat(books.taken()).isEqualTo(HOST);
  }

  @Test
  void whoAsksForNoShareFindsRoomOnAFullNode() {
    books.reserve(WEB, asking(0, 1_024, 2_000), HOST);
    assertThat(books.reserve(API, place(0), HOST)).isEmpty();
  }

  @Test
  void aNodeOfUnknownSizeHasNoLimit() {
    assertThat(books.reserve(WEB, asking(0, 1L << 20, 1_000_000), Share.NONE)).isEmpty();
  }

  @Test
  void whatASlotHasAlreadyIsNotInItsOwnWay() {
    books.reserve(WEB, asking(0, 800, 0), HOST);
    assertThat(books.reserve(WEB, asking(0, 900, 0), HOST)).isEmpty();
    assertThat(books.taken()).isEqualTo(new Share(900L << 20, 0));
  }

  @Test
  void aRefusedPlaceTakesNothing() {
    books.reserve(WEB, asking(0, 2_000, 0), HOST);
    assertThat(books.taken()).isEqualTo(Share.NONE);
    assertThat(books.load()).isZero();
  }

  @Test
  void aServicesOwnWordCountsThoughItIsMoreThanThereIs() {
    books.replace(WEB, List.of(asking(0, 800, 0), asking(1, 800, 0)));
    assertThat(books.taken()).isEqualTo(new Share(1_600L << 20, 0));
    assertThat(books.reserve(API, asking(0, 1, 0), HOST))
        .contains("has no memory left and 1 MiB are asked for");

    books.replace(WEB, List.of(asking(1, 800, 0)));
    assertThat(books.load()).isEqualTo(1);
    assertThat(books.reserve(API, asking(0, 224, 0), HOST)).isEmpty();
  }

  private static Books.Place asking(int slot, long mebibytes, long cpu) {
    return new Books.Place(slot, Set.of(), new Share(mebibytes << 20, cpu));
  }

  private static Books.Place place(int slot, Integer... ports) {
    return new Books.Place(slot, Set.of(ports), Share.NONE);
  }
}
