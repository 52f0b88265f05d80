package io.holdfast.supervisor;

import akka.NotUsed;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.RecipientRef;
import akka.actor.typed.javadsl.AskPattern;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.stream.javadsl.Source;
import io.holdfast.core.GroupName;
import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.catalog.Catalog;
import io.holdfast.core.routing.RoutingView;
import io.holdfast.core.spec.Spec;
import io.holdfast.core.supervision.Incident;
import io.holdfast.supervisor.api.ApplyOutcome;
import io.holdfast.supervisor.api.ChangeOutcome;
import io.holdfast.supervisor.api.ClusterStatus;
import io.holdfast.supervisor.api.ClusterStatus.BrakeStatus;
import io.holdfast.supervisor.api.ControlPlane;
import io.holdfast.supervisor.api.GroupDetail;
import io.holdfast.supervisor.api.NodeStatus;
import io.holdfast.supervisor.api.RecordedEvent;
import io.holdfast.supervisor.api.ServiceDetail;
import io.holdfast.supervisor.api.ServiceStatus;
import io.holdfast.supervisor.api.Unanswered;
import io.holdfast.supervisor.catalog.CatalogActor;
import io.holdfast.supervisor.group.GroupActor;
import io.holdfast.supervisor.journal.EventFeed;
import io.holdfast.supervisor.node.BrakeActor;
import io.holdfast.supervisor.node.NodeActor;
import io.holdfast.supervisor.routing.RoutingHub;
import io.holdfast.supervisor.service.ServiceActor;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * The control plane behind the admin API: every question becomes a message, every answer a stage.
 */
final class ActorControlPlane implements ControlPlane {

  private static final Duration ANSWER_DEADLINE = Duration.ofSeconds(5);

  /** Whoever asks how the cluster is may be asking because a part of it is away. */
  private static final Duration BRAKE_DEADLINE = Duration.ofSeconds(1);

  private final ActorSystem<?> system;
  private final ClusterSharding sharding;
  private final ActorRef<CatalogActor.Command> catalog;
  private final ActorRef<RoutingHub.Command> hub;
  private final Fleet fleet;
  private final ActorRef<BrakeActor.Command> brake;
  private final Store store;
  private final Changes changes;
  private final Backups backups;
  private final EventFeed feed;
  private final ViewHolder view;

  ActorControlPlane(
      ActorSystem<?> system,
      ClusterSharding sharding,
      ActorRef<CatalogActor.Command> catalog,
      ActorRef<RoutingHub.Command> hub,
      Fleet fleet,
      ActorRef<BrakeActor.Command> brake,
      Store store,
      EventFeed feed,
      ViewHolder view) {
    this.system = system;
    this.sharding = sharding;
    this.catalog = catalog;
    this.hub = hub;
    this.fleet = fleet;
    this.brake = brake;
    this.store = store;
    this.changes = new Changes(system, store.gate());
    this.backups = new Backups(system, store);
    this.feed = feed;
    this.view = view;
  }

  @Override
  public CompletionStage<ApplyOutcome> apply(List<? extends Spec> specs, OptionalLong ifMatch) {
    return changes.ask(
        catalog,
        (until, replyTo) -> new CatalogActor.Apply(specs, ifMatch, false, until, replyTo),
        ApplyOutcome.Unavailable::new);
  }

  @Override
  public CompletionStage<ApplyOutcome> plan(List<? extends Spec> specs, OptionalLong ifMatch) {
    return ask(
        catalog, replyTo -> new CatalogActor.Apply(specs, ifMatch, true, Instant.MAX, replyTo));
  }

  @Override
  public CompletionStage<ChangeOutcome> delete(ServiceName service) {
    return change(catalog, (until, replyTo) -> new CatalogActor.Delete(service, until, replyTo));
  }

  @Override
  public CompletionStage<ChangeOutcome> delete(GroupName group) {
    return change(catalog, (until, replyTo) -> new CatalogActor.DeleteGroup(group, until, replyTo));
  }

  @Override
  public CompletionStage<ChangeOutcome> rollback(ServiceName service, OptionalLong to) {
    return change(
        catalog, (until, replyTo) -> new CatalogActor.Rollback(service, to, until, replyTo));
  }

  @Override
  public CompletionStage<ChangeOutcome> scale(ServiceName service, int instances) {
    return change(
        catalog, (until, replyTo) -> new CatalogActor.Scale(service, instances, until, replyTo));
  }

  @Override
  public CompletionStage<ChangeOutcome> restart(ServiceName service, OptionalInt slot) {
    return changes.whenOpen(() -> restarted(service, slot), ChangeOutcome.Unavailable::new);
  }

  private CompletionStage<ChangeOutcome> restarted(ServiceName service, OptionalInt slot) {
    return known(service)
        .thenCompose(
            exists ->
                exists
                    ? change(
                        entity(service),
                        (until, replyTo) -> new ServiceActor.Restart(slot, until, replyTo))
                    : CompletableFuture.completedFuture(
                        new ChangeOutcome.Unknown("there is no service '" + service + "'")));
  }

  @Override
  public CompletionStage<List<ServiceStatus>> services() {
    return details()
        .thenApply(
            details ->
                details.stream()
                    .map(ServiceDetail::status)
                    .sorted(Comparator.comparing(ServiceStatus::name))
                    .toList());
  }

  private CompletionStage<List<ServiceDetail>> details() {
    return catalog()
        .thenCompose(
            all ->
                Stages.all(
                    all.services().keySet().stream()
                        .map(
                            name ->
                                this.<ServiceActor.Command, Optional<ServiceDetail>>ask(
                                    entity(name), ServiceActor.Read::new))
                        .toList()))
        .thenApply(found -> found.stream().flatMap(Optional::stream).toList());
  }

  private CompletionStage<Catalog> catalog() {
    return ask(catalog, CatalogActor.Read::new);
  }

  @Override
  public CompletionStage<List<Incident>> incidents() {
    return details()
        .thenApply(
            details ->
                details.stream()
                    .flatMap(detail -> detail.incidents().stream())
                    .sorted(Comparator.comparing(Incident::at).reversed())
                    .toList());
  }

  @Override
  public CompletionStage<List<GroupDetail>> groups() {
    return catalog()
        .thenCompose(all -> Stages.all(all.groups().keySet().stream().map(this::ofGroup).toList()))
        .thenApply(found -> found.stream().flatMap(Optional::stream).toList());
  }

  @Override
  public CompletionStage<Optional<GroupDetail>> group(GroupName group) {
    return catalog()
        .thenCompose(
            all ->
                all.find(group).isPresent()
                    ? ofGroup(group)
                    : CompletableFuture.completedFuture(Optional.empty()));
  }

  private CompletionStage<Optional<GroupDetail>> ofGroup(GroupName group) {
    return ask(sharding.entityRefFor(GroupActor.KEY, group.value()), GroupActor.Read::new);
  }

  @Override
  public CompletionStage<Optional<ServiceDetail>> service(ServiceName service) {
    return recorded(service)
        .thenCompose(
            found ->
                found
                    .map(detail -> fleet.observed(detail).thenApply(Optional::of))
                    .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty())));
  }

  /** Asks the catalogue first: a name that was never applied must not start an actor. */
  private CompletionStage<Optional<ServiceDetail>> recorded(ServiceName service) {
    return known(service)
        .thenCompose(
            exists ->
                exists
                    ? ask(entity(service), ServiceActor.Read::new)
                    : CompletableFuture.completedFuture(Optional.empty()));
  }

  private CompletionStage<Boolean> known(ServiceName service) {
    return catalog().thenApply(all -> all.find(service).isPresent());
  }

  @Override
  public CompletionStage<List<NodeStatus>> nodes() {
    return fleet.nodes();
  }

  @Override
  public CompletionStage<Optional<NodeStatus>> node(NodeId node) {
    return fleet
        .nodes()
        .thenApply(all -> all.stream().filter(each -> each.id().equals(node)).findFirst());
  }

  @Override
  public CompletionStage<ChangeOutcome> drain(NodeId node) {
    return change(node, NodeActor.OrderDrain::new);
  }

  @Override
  public CompletionStage<ChangeOutcome> undrain(NodeId node) {
    return change(node, NodeActor.Undrain::new);
  }

  /** Asks the catalogue first, as with services. */
  private CompletionStage<ChangeOutcome> change(
      NodeId node, Changes.Question<NodeActor.Command, ChangeOutcome> question) {
    return changes.whenOpen(
        () ->
            catalog()
                .thenCompose(
                    all ->
                        all.nodes().contains(node)
                            ? change(sharding.entityRefFor(NodeActor.KEY, node.value()), question)
                            : CompletableFuture.completedFuture(
                                new ChangeOutcome.Unknown("there is no node '" + node + "'"))),
        ChangeOutcome.Unavailable::new);
  }

  @Override
  public RoutingView view() {
    return view.current();
  }

  @Override
  public CompletionStage<RoutingView> viewAfter(SeenVersion seen, Duration wait) {
    return AskPattern.ask(
        hub,
        replyTo -> new RoutingHub.AwaitView(seen.incarnation(), seen.version(), wait, replyTo),
        wait.plus(ANSWER_DEADLINE),
        system.scheduler());
  }

  @Override
  public CompletionStage<List<RecordedEvent>> events(EventQuery query, int limit) {
    return feed.page(query, limit);
  }

  @Override
  public Source<RecordedEvent, NotUsed> followEvents(EventQuery query) {
    return feed.follow(query);
  }

  @Override
  public CompletionStage<LogAnswer> logs(LogQuery query) {
    return recorded(query.service())
        .thenCompose(
            found ->
                found
                    .map(detail -> fleet.logs(detail, query))
                    .orElseGet(
                        () ->
                            CompletableFuture.completedFuture(
                                new LogAnswer.None(
                                    "there is no service '" + query.service() + "'"))));
  }

  @Override
  public CompletionStage<ClusterStatus> cluster() {
    CompletionStage<BrakeActor.Status> answer =
        AskPattern.ask(brake, BrakeActor.Read::new, BRAKE_DEADLINE, system.scheduler());
    return answer
        .handle(
            (status, failure) ->
                failure == null
                    ? Optional.of(
                        new BrakeStatus(status.engaged(), status.suspect(), status.nodes()))
                    : Optional.<BrakeStatus>empty())
        .thenApply(known -> Membership.of(system, store, known));
  }

  @Override
  public CompletionStage<BackupAnswer> backup() {
    return backups.begin();
  }

  @Override
  public boolean isReady() {
    return view.isComplete();
  }

  private RecipientRef<ServiceActor.Command> entity(ServiceName service) {
    return sharding.entityRefFor(ServiceActor.KEY, service.value());
  }

  private <Q> CompletionStage<ChangeOutcome> change(
      RecipientRef<Q> whom, Changes.Question<Q, ChangeOutcome> question) {
    return changes.ask(whom, question, ChangeOutcome.Unavailable::new);
  }

  private <Q, A> CompletionStage<A> ask(RecipientRef<Q> whom, Function<ActorRef<A>, Q> question) {
    CompletionStage<A> answer =
        AskPattern.ask(whom, question::apply, ANSWER_DEADLINE, system.scheduler());
    return answer.exceptionallyCompose(
        failure ->
            store
                .gate()
                .look()
                .thenCompose(
                    closed ->
                        CompletableFuture.failedFuture(
                            closed.<Throwable>map(ActorControlPlane::unanswered).orElse(failure))));
  }

  /** An actor that is not up, or was writing, knows nothing without the journal. */
  private static Unanswered unanswered(String why) {
    return new Unanswered("This cannot be answered now: " + why + "; try again.");
  }
}
