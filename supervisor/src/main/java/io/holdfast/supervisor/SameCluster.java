package io.holdfast.supervisor;

import akka.cluster.ConfigValidation;
import akka.cluster.Invalid;
import akka.cluster.JoinConfigCompatChecker;
import akka.cluster.Valid;
import com.typesafe.config.Config;
import java.util.List;
import java.util.Map;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Whether two supervisors belong together: by their journal, of which two would make two truths,
 * and by whom they were told to meet. Asked of a member about one that wants to join, and then of
 * that one about the member.
 *
 * <p>What the other one does not tell, because it is of an earlier release, keeps nobody out: the
 * releases of a rolling upgrade have to meet.
 */
final class SameCluster extends JoinConfigCompatChecker {

  private static final String JOURNAL = "holdfast.cluster.journal";
  private static final String SEEDS = "holdfast.cluster.seeds";

  /** What a supervisor tells the others of itself. */
  static Map<String, Object> config(Store store, Seeds seeds) {
    return Map.of(JOURNAL, store.id(), SEEDS, seeds.sorted());
  }

  @Override
  public Seq<String> requiredKeys() {
    return seq(List.of(JOURNAL, SEEDS));
  }

  @Override
  public ConfigValidation check(Config other, Config own) {
    if (differ(other, own, JOURNAL)) {
      return new Invalid(seq(List.of("its journal (--journal-url) is another one")));
    }
    if (differ(other, own, SEEDS)) {
      return new Invalid(
          seq(List.of("it was started with other seeds: " + other.getString(SEEDS))));
    }
    return Valid.getInstance();
  }

  private static boolean differ(Config other, Config own, String path) {
    return other.hasPath(path)
        && own.hasPath(path)
        && !other.getString(path).equals(own.getString(path));
  }

  private static Seq<String> seq(List<String> values) {
    return CollectionConverters.asScala(values).toSeq();
  }
}
