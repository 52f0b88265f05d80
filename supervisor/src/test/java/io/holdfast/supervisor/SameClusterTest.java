package io.holdfast.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import akka.cluster.ConfigValidation;
import akka.cluster.Invalid;
import akka.cluster.Valid;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who may join whom. */
final class SameClusterTest {

  private static final Config OURS = config("one", "a:1,b:1,c:1");
  private static final Config OF_AN_EARLIER_RELEASE = ConfigFactory.empty();

  @Test
  void ofOneJournalAndTheSameSeeds() {
    assertThat(check(config("one", "a:1,b:1,c:1"))).isEqualTo(Valid.getInstance());
  }

  @Test
  void nobodyWithAnotherJournalOrOtherSeeds() {
    assertThat(check(config("two", "a:1,b:1,c:1")).toString()).contains("journal");
    assertThat(check(config("one", "a:1,b:1,d:1")).toString())
        .contains("it was started with other seeds: a:1,b:1,d:1");
    assertThat(check(config("two", ""))).isInstanceOf(Invalid.class);
  }

  @Test
  void whoeverIsOfAnEarlierReleaseAndDoesNotTell() {
    assertThat(check(OF_AN_EARLIER_RELEASE)).isEqualTo(Valid.getInstance());
  }

  private static ConfigValidation check(Config other) {
    return new SameCluster().check(other, OURS);
  }

  private static Config config(String journal, String seeds) {
    return ConfigFactory.parseMap(
        Map.of("holdfast.cluster.journal", journal, "holdfast.cluster.seeds", seeds));
  }
}
