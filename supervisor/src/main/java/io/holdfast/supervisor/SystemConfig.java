package io.holdfast.supervisor;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.Map;

/** The actor system's configuration: what never varies is in the file, what does is here. */
final class SystemConfig {

  private SystemConfig() {}

  static Config of(SupervisorSettings settings) {
    String journal = settings.data().resolve("journal").toAbsolutePath().toString();
    return ConfigFactory.parseMap(
            Map.of(
                "akka.remote.artery.canonical.hostname",
                settings.cluster().getAddress().getHostAddress(),
                "akka.remote.artery.canonical.port",
                settings.cluster().getPort(),
                "akka-persistence-jdbc.shared-databases.slick.db.url",
                // Without WRITE_DELAY=0 H2 loses acknowledged commits when the process is killed.
                "jdbc:h2:file:"
                    + journal
                    + ";DATABASE_TO_UPPER=false;DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE"
                    + ";WRITE_DELAY=0"))
        .withFallback(ConfigFactory.parseResources("holdfast-supervisor.conf"))
        .withFallback(ConfigFactory.load())
        .resolve();
  }
}
