package io.holdfast.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.spec.PortSpec;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PortAllocatorTest {

  private static final ServiceName WEB = new ServiceName("web");
  private static final ServiceName DB = new ServiceName("db");
  private static final List<PortSpec> ONE = List.of(PortSpec.auto("http"));

  private static final int MANY = 10_000;

  private final Set<Integer> taken = new HashSet<>();
  private long now;

  @Test
  void portsComeInTheOrderOfTheSpecification() {
    PortAllocator ports = allocator(100, 109);

    assertThat(
            ports.allocate(
                WEB, List.of(PortSpec.auto("b"), PortSpec.fixed("fixed", 80), PortSpec.auto("a"))))
        .hasValueSatisfying(
            given ->
                assertThat(given)
                    .containsExactly(
                        Map.entry("b", 100), Map.entry("fixed", 80), Map.entry("a", 101)));
  }

  @Test
  void whatSomebodyElseHasIsPassedOver() {
    taken.add(100);

    assertThat(allocator(100, 101).allocate(WEB, ONE)).contains(Map.of("http", 101));
  }

  @Test
  void noPortIsGivenTwice() {
    PortAllocator ports = allocator(100, 100);
    assertThat(ports.allocate(WEB, ONE)).isPresent();

    assertThat(ports.allocate(WEB, ONE)).isEmpty();
  }

  @Test
  void theKernelsOwnRangeIsAvoided() {
    PortAllocator ports =
        PortAllocator.of(100, 110, _ -> 0, port -> port < 105, _ -> true, () -> now);

    assertThat(ports.allocate(WEB, ONE)).contains(Map.of("http", 105));
  }

  @Test
  void aRangeWithinTheKernelsOwnIsUsedAllTheSame() {
    PortAllocator ports = PortAllocator.of(100, 110, _ -> 0, _ -> true, _ -> true, () -> now);

    assertThat(ports.allocate(WEB, ONE)).contains(Map.of("http", 100));
  }

  @Test
  void aPortGivenBackGoesToNoOtherServiceForTenMinutes() {
    PortAllocator ports = allocator(100, 100);
    ports.allocate(WEB, ONE);
    ports.release(WEB, List.of(100));

    now = PortAllocator.QUARANTINE.toNanos() - 1;
    assertThat(ports.allocate(DB, ONE)).isEmpty();
    now = PortAllocator.QUARANTINE.toNanos();
    assertThat(ports.allocate(DB, ONE)).isPresent();
  }

  @Test
  void theSameServiceMayHaveItAgainAtOnce() {
    PortAllocator ports = allocator(100, 100);
    ports.allocate(WEB, ONE);
    ports.release(WEB, List.of(100));

    assertThat(ports.allocate(WEB, ONE)).isPresent();
  }

  @Test
  void anAdoptedInstanceKeepsItsPorts() {
    PortAllocator ports = allocator(100, 101);
    ports.occupy(List.of(100));

    assertThat(ports.allocate(WEB, ONE)).contains(Map.of("http", 101));
  }

  @Test
  void theyGoRoundFromWhereTheyBegin() {
    PortAllocator ports =
        PortAllocator.of(100, 110, count -> count - 1, port -> port < 105, _ -> true, () -> now);

    assertThat(ports.allocate(WEB, List.of(PortSpec.auto("a"), PortSpec.auto("b"))))
        .contains(Map.of("a", 110, "b", 105));
  }

  @Test
  void aNodeBeginsAlwaysAtTheSamePort() {
    assertThat(begin("node-1")).isEqualTo(begin("node-1"));
  }

  @Test
  void nodesOfSimilarNamesBeginFarApart() {
    List<Integer> begins =
        IntStream.rangeClosed(1, 5).mapToObj(i -> begin("node-" + i)).sorted().toList();

    assertThat(begins).allMatch(begin -> begin >= 0 && begin < MANY);
    for (int i = 1; i < begins.size(); i++) {
      assertThat(begins.get(i) - begins.get(i - 1)).isGreaterThan(100);
    }
  }

  @Test
  void aPortThatIsListenedOnCannotBeBound() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(PortAllocator.canBind(socket.getLocalPort())).isFalse();
    }
  }

  private static int begin(String node) {
    return PortAllocator.begin(new NodeId(node)).applyAsInt(MANY);
  }

  private PortAllocator allocator(int first, int last) {
    return PortAllocator.of(
        first, last, _ -> 0, _ -> false, port -> !taken.contains(port), () -> now);
  }
}
