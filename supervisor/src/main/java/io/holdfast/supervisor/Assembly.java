package io.holdfast.supervisor;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.Props;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import akka.cluster.typed.ClusterSingleton;
import akka.cluster.typed.SingletonActor;
import akka.http.javadsl.Http;
import akka.http.javadsl.ServerBinding;
import io.grpc.Server;
import io.holdfast.core.CannotStart;
import io.holdfast.core.GroupName;
import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.supervision.ServiceEffect;
import io.holdfast.supervisor.api.AdminApi;
import io.holdfast.supervisor.catalog.Announcer;
import io.holdfast.supervisor.catalog.CatalogActor;
import io.holdfast.supervisor.group.GroupActor;
import io.holdfast.supervisor.group.GroupPorts;
import io.holdfast.supervisor.journal.EventFeed;
import io.holdfast.supervisor.metrics.SupervisorMetrics;
import io.holdfast.supervisor.node.AgentLinkService;
import io.holdfast.supervisor.node.BrakeActor;
import io.holdfast.supervisor.node.NodeActor;
import io.holdfast.supervisor.node.NodeDirectory;
import io.holdfast.supervisor.node.NodeRoster;
import io.holdfast.supervisor.node.Pace;
import io.holdfast.supervisor.node.SessionPorts;
import io.holdfast.supervisor.routing.OutcomeDesk;
import io.holdfast.supervisor.routing.RoutingFeedService;
import io.holdfast.supervisor.routing.RoutingHub;
import io.holdfast.supervisor.routing.Spawner;
import io.holdfast.supervisor.service.RestartPace;
import io.holdfast.supervisor.service.RoundsPace;
import io.holdfast.supervisor.service.ServiceActor;
import io.holdfast.supervisor.service.ServiceBoard;
import io.holdfast.supervisor.service.ServicePorts;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;

/** The parts of a supervisor node, put together in the order in which they need each other. */
final class Assembly {

  private static final Duration START_DEADLINE = Duration.ofSeconds(60);

  private final ActorSystem<Void> system;
  private final SupervisorSettings settings;
  private final Entrance entrance;
  private final Store store;
  private final ClusterSharding sharding;
  private final NodeRoster roster = new NodeRoster(System::nanoTime);
  private final String incarnation = UUID.randomUUID().toString();
  private final ViewHolder view = new ViewHolder(incarnation);
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final AtomicReference<Optional<ActorRef<CatalogActor.Command>>> catalog =
      new AtomicReference<>(Optional.empty());
  private final SupervisorMetrics metrics = new SupervisorMetrics(registry, Clock.systemUTC());

  Assembly(ActorSystem<Void> system, SupervisorSettings settings, Entrance entrance, Store store) {
    this.system = system;
    this.settings = settings;
    this.entrance = entrance;
    this.store = store;
    this.sharding = ClusterSharding.get(system);
  }

  /** Once the system is a member: a supervisor whose view is complete and whose listeners serve. */
  Supervisor serving(DataLock lock) throws CannotStart {
    ActorRef<RoutingHub.Command> hub =
        spawn(RoutingHub.create(incarnation, metrics, view::show), "routing-hub");
    ActorRef<NodeDirectory.Command> directory =
        spawn(NodeDirectory.create(metrics, roster, hub), "node-directory");
    ActorRef<OutcomeDesk.Command> desk = spawn(OutcomeDesk.create(), "outcome-desk");
    ActorRef<BrakeActor.Command> brake =
        ClusterSingleton.get(system)
            .init(
                SingletonActor.of(
                    BrakeActor.create(directory, metrics, System::nanoTime), "brake"));
    shard(hub, desk, directory, brake);
    ActorRef<CatalogActor.Command> catalog =
        ClusterSingleton.get(system)
            .init(
                SingletonActor.of(
                    CatalogActor.create(
                        new Announcer(sharding, hub), store.gate(), Clock.systemUTC()),
                    "catalog"));
    this.catalog.set(Optional.of(catalog));
    Waiting.forStart(view.completion(), START_DEADLINE, "the journal cannot be read");
    return new Supervisor(
        lock,
        store,
        system,
        grpc(hub, desk, catalog),
        http(controlPlane(hub, directory, catalog, brake)),
        registry);
  }

  /** Asked for again and again, so that the time before the catalogue is there is no loss. */
  private void goBack(ServiceEffect.Revert revert) {
    CatalogActor.Revert command =
        new CatalogActor.Revert(revert.to(), revert.failed(), revert.why());
    catalog.get().ifPresent(actor -> actor.tell(command));
  }

  private void shard(
      ActorRef<RoutingHub.Command> hub,
      ActorRef<OutcomeDesk.Command> desk,
      ActorRef<NodeDirectory.Command> directory,
      ActorRef<BrakeActor.Command> brake) {
    ServicePorts ports =
        new ServicePorts(
            system,
            sharding,
            directory,
            roster,
            hub,
            desk,
            metrics,
            new ServiceBoard(metrics),
            new RestartPace(Clock.systemUTC()),
            new RoundsPace(System::nanoTime),
            this::goBack,
            store.gate(),
            Clock.systemUTC(),
            () -> ThreadLocalRandom.current().nextDouble());
    sharding.init(
        Entity.of(
                ServiceActor.KEY,
                entity -> ServiceActor.create(new ServiceName(entity.getEntityId()), ports))
            .withEntityProps(DispatcherSelector.fromConfig("holdfast.decisions")));
    sharding.init(
        Entity.of(
            NodeActor.KEY,
            entity ->
                NodeActor.create(
                    new NodeId(entity.getEntityId()),
                    directory,
                    brake,
                    new Shards(sharding),
                    store.gate(),
                    Clock.systemUTC(),
                    System::nanoTime)));
    sharding.init(
        Entity.of(
            GroupActor.KEY,
            entity ->
                GroupActor.create(
                    new GroupName(entity.getEntityId()),
                    new GroupPorts(sharding, store.gate(), Clock.systemUTC()))));
  }

  private Server grpc(
      ActorRef<RoutingHub.Command> hub,
      ActorRef<OutcomeDesk.Command> desk,
      ActorRef<CatalogActor.Command> catalog)
      throws CannotStart {
    SessionPorts ports =
        new SessionPorts(
            sharding,
            hub,
            new Shards(sharding),
            node -> catalog.tell(new CatalogActor.Register(node)),
            new Pace(),
            metrics,
            System::nanoTime);
    Spawner spawner = spawner();
    return Listeners.grpc(
        settings.grpc(),
        entrance,
        AgentLinkService.of(ports, spawner),
        RoutingFeedService.of(hub, desk, spawner));
  }

  private ServerBinding http(ActorControlPlane controlPlane) throws CannotStart {
    return Listeners.http(
        Http.get(system), settings.http(), AdminApi.routes(controlPlane, registry));
  }

  private ActorControlPlane controlPlane(
      ActorRef<RoutingHub.Command> hub,
      ActorRef<NodeDirectory.Command> directory,
      ActorRef<CatalogActor.Command> catalog,
      ActorRef<BrakeActor.Command> brake) {
    return new ActorControlPlane(
        system,
        sharding,
        catalog,
        hub,
        new Fleet(system, sharding, directory),
        brake,
        store,
        new EventFeed(system),
        view);
  }

  private <T> ActorRef<T> spawn(Behavior<T> behavior, String name) {
    return system.systemActorOf(behavior, name, Props.empty());
  }

  private Spawner spawner() {
    return new Spawner() {
      @Override
      public <T> ActorRef<T> spawn(Behavior<T> behavior) {
        return system.systemActorOf(behavior, "stream-" + UUID.randomUUID(), Props.empty());
      }
    };
  }
}
