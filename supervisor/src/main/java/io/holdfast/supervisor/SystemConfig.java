package io.holdfast.supervisor;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.Map;

/** The actor system's configuration: what never varies is in the file, what does is here. */
final class SystemConfig {

  private SystemConfig() {}

  static Config of(SupervisorSettings settings) {
    return ConfigFactory.parseMap(
            Map.of(
                "akka.remote.artery.canonical.hostname",
                settings.cluster().getAddress().getHostAddress(),
                "akka.remote.artery.canonical.port",
                settings.cluster().getPort(),
                "akka-persistence-jdbc.shared-databases.slick.db.url",
                EmbeddedJournal.in(settings.data()).url()))
        .withFallback(ConfigFactory.parseResources("holdfast-supervisor.conf"))
        .withFallback(ConfigFactory.load())
        .resolve();
  }
}
