package io.holdfast.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.File;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** The walls between the parts. */
class ArchitectureTest {

  private static final JavaClasses HOLDFAST =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.holdfast");

  private static final List<String> GENERATED =
      List.of(
          "io.holdfast.protocol.agent",
          "io.holdfast.protocol.health",
          "io.holdfast.protocol.routing");

  private static ArchRule apart(String part, String... others) {
    return noClasses()
        .that()
        .resideInAPackage(part)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others);
  }

  @Test
  void everyPartIsLookedAt() {
    assertThat(HOLDFAST.stream().map(JavaClass::getPackageName))
        .contains(
            "io.holdfast.core",
            "io.holdfast.protocol.wire",
            "io.holdfast.client.view",
            "io.holdfast.supervisor",
            "io.holdfast.agent",
            "io.holdfast.balancer.gateway",
            "io.holdfast.cli");
  }

  @Test
  void coreKnowsOnlyTheJavaLanguage() {
    classes()
        .that()
        .resideInAPackage("io.holdfast.core..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.holdfast.core..",
            "java.lang..",
            "java.math..",
            "java.time..",
            "java.util..",
            "org.jspecify..")
        .check(HOLDFAST);
  }

  @Test
  void coreHasNoClockNoDiceAndNoDisk() {
    apart("io.holdfast.core..", "java.io..", "java.net..", "java.nio.file..").check(HOLDFAST);
    noClasses()
        .that()
        .resideInAPackage("io.holdfast.core..")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(LocalDateTime.class, "now")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(Random.class, ThreadLocalRandom.class, Clock.class, File.class)
        .check(HOLDFAST);
  }

  @Test
  void theProtocolKnowsOnlyCore() {
    apart(
            "io.holdfast.protocol..",
            "akka..",
            "io.holdfast.client..",
            "io.holdfast.supervisor..",
            "io.holdfast.agent..",
            "io.holdfast.balancer..",
            "io.holdfast.cli..")
        .check(HOLDFAST);
  }

  @Test
  void theInProcessClientNeedsOnlyCoreAndTheProtocol() {
    classes()
        .that()
        .resideInAPackage("io.holdfast.client..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.holdfast.client..",
            "io.holdfast.core..",
            "io.holdfast.protocol.reach..",
            "io.holdfast.protocol.routing..",
            "io.holdfast.protocol.security..",
            "io.holdfast.protocol.wire..",
            "com.google.protobuf..",
            "io.grpc..",
            "java..",
            "javax.net.ssl..",
            "org.slf4j..",
            "org.jspecify..")
        .check(HOLDFAST);
  }

  @Test
  void theRolesDoNotKnowOneAnother() {
    apart(
            "io.holdfast.supervisor..",
            "io.holdfast.agent..",
            "io.holdfast.balancer..",
            "io.holdfast.client..",
            "io.holdfast.cli..")
        .check(HOLDFAST);
    apart(
            "io.holdfast.agent..",
            "io.holdfast.client..",
            "io.holdfast.supervisor..",
            "io.holdfast.balancer..",
            "io.holdfast.cli..")
        .check(HOLDFAST);
    apart(
            "io.holdfast.balancer..",
            "io.holdfast.supervisor..",
            "io.holdfast.agent..",
            "io.holdfast.cli..")
        .check(HOLDFAST);
  }

  @Test
  void theAdminClientKnowsNoRole() {
    apart(
            "io.holdfast.cli.client..",
            "io.holdfast.supervisor..",
            "io.holdfast.agent..",
            "io.holdfast.balancer..",
            "io.holdfast.cli.role..")
        .check(HOLDFAST);
  }

  @Test
  void theSampleNeedsOnlyTheJdk() {
    classes()
        .that()
        .resideInAPackage("io.holdfast.cli.sample..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.holdfast.cli.sample..", "java..", "com.sun.net.httpserver..", "org.jspecify..")
        .check(HOLDFAST);
  }

  @Test
  void akkaStaysInTheSupervisorAndTheBalancer() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.holdfast.core..",
            "io.holdfast.protocol..",
            "io.holdfast.client..",
            "io.holdfast.agent..",
            "io.holdfast.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("akka..", "com.lightbend..")
        .check(HOLDFAST);
  }

  @Test
  void theAdminApiKnowsNoActor() {
    apart(
            "io.holdfast.supervisor.api..",
            "akka.actor.typed..",
            "akka.cluster..",
            "akka.persistence..",
            "io.holdfast.supervisor.service..",
            "io.holdfast.supervisor.catalog..",
            "io.holdfast.supervisor.node..",
            "io.holdfast.supervisor.routing..",
            "io.holdfast.supervisor.link..",
            "io.holdfast.supervisor.journal..")
        .check(HOLDFAST);
  }

  @Test
  void everyPackageSaysWhatItIs() {
    TreeSet<String> silent = new TreeSet<>();
    for (JavaClass type : HOLDFAST) {
      if (!GENERATED.contains(type.getPackageName())
          && type.getPackage().tryGetPackageInfo().isEmpty()) {
        silent.add(type.getPackageName());
      }
    }
    assertThat(silent).isEmpty();
  }

  @Test
  void aRuleThatIsBrokenFails() {
    assertThatThrownBy(() -> apart("io.holdfast.cli..", "io.holdfast.core..").check(HOLDFAST))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("was violated");
  }
}
