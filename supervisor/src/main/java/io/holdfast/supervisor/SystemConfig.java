package io.holdfast.supervisor;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.net.InetSocketAddress;
import java.util.Map;

/** The actor system's configuration: what never varies is in the file, what does is here. */
final class SystemConfig {

  private SystemConfig() {}

  static Config of(InetSocketAddress cluster, Seeds seeds, Store store) {
    return ConfigFactory.parseMap(
            Map.of(
                "akka.remote.artery.canonical.hostname",
                cluster.getAddress().getHostAddress(),
                "akka.remote.artery.canonical.port",
                cluster.getPort(),
                "akka.cluster.min-nr-of-members",
                seeds.majority()))
        .withFallback(ConfigFactory.parseMap(store.config()))
        .withFallback(ConfigFactory.parseMap(SameCluster.config(store, seeds)))
        .withFallback(ConfigFactory.parseResources("holdfast-supervisor.conf"))
        .withFallback(ConfigFactory.load())
        .resolve();
  }
}
