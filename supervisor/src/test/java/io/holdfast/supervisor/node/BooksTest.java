package io.holdfast.supervisor.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.ServiceName;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class BooksTest {

  private static final ServiceName WEB = new ServiceName("web");
  private static final ServiceName API = new ServiceName("api");

  private final Books books = new Books();

  @Test
  void aFixedPortIsGivenOutOnce() {
    assertThat(books.reserve(WEB, place(0, 9100))).isEmpty();
    assertThat(books.reserve(API, place(0, 9100))).contains("has port 9100 taken by web");
    assertThat(books.reserve(WEB, place(1, 9100))).contains("has port 9100 taken by web");
  }

  @Test
  void theSameSlotMayReserveAgain() {
    assertThat(books.reserve(WEB, place(0, 9100))).isEmpty();
    assertThat(books.reserve(WEB, place(0, 9100))).isEmpty();
    assertThat(books.load()).isEqualTo(1);
  }

  @Test
  void aServicesOwnWordReplacesWhatWasBooked() {
    books.reserve(WEB, place(0, 9100));
    books.replace(WEB, List.of(place(1, 9200)));
    assertThat(books.reserve(API, place(0, 9100))).isEmpty();
    assertThat(books.reserve(API, place(1, 9200))).isPresent();
  }

  @Test
  void aServiceThatHasNothingHereIsForgotten() {
    books.reserve(WEB, place(0));
    books.replace(WEB, List.of());
    assertThat(books.load()).isZero();
    assertThat(books.services()).isEmpty();
  }

  private static Books.Place place(int slot, Integer... ports) {
    return new Books.Place(slot, Set.of(ports));
  }
}
