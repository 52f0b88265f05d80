package io.holdfast.supervisor.api;

import akka.NotUsed;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.holdfast.core.GroupName;
import io.holdfast.core.NodeId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.routing.RoutingView;
import io.holdfast.core.spec.Spec;
import io.holdfast.core.supervision.Incident;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;

/** Answers what it is told to answer and remembers what it was asked. */
final class FakeControlPlane implements ControlPlane {

  /** Every request, in words. */
  final BlockingQueue<String> asked = new LinkedBlockingQueue<>();

  volatile ApplyOutcome applyOutcome = new ApplyOutcome.Applied(List.of());

  /** What an apply, a plan or a change gets instead of its outcome. */
  volatile Optional<RuntimeException> lost = Optional.empty();

  volatile ChangeOutcome changeOutcome = new ChangeOutcome.Accepted();
  volatile List<ServiceStatus> services = List.of();
  volatile Optional<ServiceDetail> service = Optional.empty();
  volatile List<GroupDetail> groups = List.of();
  volatile List<Incident> incidents = List.of();
  volatile List<NodeStatus> nodes = List.of();
  volatile RoutingView view = RoutingView.empty("hub");
  volatile CompletionStage<RoutingView> nextView = new CompletableFuture<>();
  volatile List<RecordedEvent> events = List.of();
  volatile Source<RecordedEvent, NotUsed> eventsToCome = Source.empty();
  volatile LogAnswer logs = new LogAnswer.None("There is none.");
  volatile Optional<CompletionStage<ClusterStatus>> silent = Optional.empty();
  volatile BackupAnswer backup = new BackupAnswer.Busy("One is being made.");
  volatile boolean ready = true;
  volatile Optional<RuntimeException> broken = Optional.empty();

  static LogAnswer output(String... chunks) {
    return new LogAnswer.Output(Source.from(List.of(chunks)).map(ByteString::fromString));
  }

  @Override
  public CompletionStage<ApplyOutcome> apply(List<? extends Spec> specs, OptionalLong ifMatch) {
    asked.add("apply " + names(specs) + condition(ifMatch));
    return answer(applyOutcome);
  }

  @Override
  public CompletionStage<ApplyOutcome> plan(List<? extends Spec> specs, OptionalLong ifMatch) {
    asked.add("plan " + names(specs) + condition(ifMatch));
    return answer(applyOutcome);
  }

  @Override
  public CompletionStage<ChangeOutcome> delete(ServiceName name) {
    asked.add("delete " + name);
    return answer(changeOutcome);
  }

  @Override
  public CompletionStage<ChangeOutcome> delete(GroupName name) {
    asked.add("delete group " + name);
    return answer(changeOutcome);
  }

  @Override
  public CompletionStage<ChangeOutcome> restart(ServiceName name, OptionalInt slot) {
    asked.add("restart " + name + (slot.isPresent() ? "/" + slot.getAsInt() : ""));
    return answer(changeOutcome);
  }

  @Override
  public CompletionStage<ChangeOutcome> rollback(ServiceName name, OptionalLong to) {
    asked.add("rollback " + name + (to.isPresent() ? " to " + to.getAsLong() : ""));
    return answer(changeOutcome);
  }

  @Override
  public CompletionStage<ChangeOutcome> scale(ServiceName name, int instances) {
    asked.add("scale " + name + " " + instances);
    return answer(changeOutcome);
  }

  @Override
  public CompletionStage<List<ServiceStatus>> services() {
    return done(services);
  }

  @Override
  public CompletionStage<Optional<ServiceDetail>> service(ServiceName name) {
    return done(service.filter(detail -> detail.status().name().equals(name)));
  }

  @Override
  public CompletionStage<List<GroupDetail>> groups() {
    return done(groups);
  }

  @Override
  public CompletionStage<Optional<GroupDetail>> group(GroupName name) {
    return done(groups.stream().filter(group -> group.spec().name().equals(name)).findFirst());
  }

  @Override
  public CompletionStage<List<Incident>> incidents() {
    return done(incidents);
  }

  @Override
  public CompletionStage<List<NodeStatus>> nodes() {
    return done(nodes);
  }

  @Override
  public CompletionStage<Optional<NodeStatus>> node(NodeId id) {
    return done(nodes.stream().filter(node -> node.id().equals(id)).findFirst());
  }

  @Override
  public CompletionStage<ChangeOutcome> drain(NodeId id) {
    asked.add("drain " + id);
    return answer(changeOutcome);
  }

  @Override
  public CompletionStage<ChangeOutcome> undrain(NodeId id) {
    asked.add("undrain " + id);
    return answer(changeOutcome);
  }

  @Override
  public RoutingView view() {
    broken.ifPresent(
        failure -> {
          throw failure;
        });
    return view;
  }

  @Override
  public CompletionStage<RoutingView> viewAfter(SeenVersion seen, Duration wait) {
    asked.add("view after " + seen.incarnation() + " " + seen.version() + " within " + wait);
    return nextView;
  }

  @Override
  public CompletionStage<List<RecordedEvent>> events(EventQuery query, int limit) {
    asked.add("events " + words(query) + " at most " + limit);
    return done(events.stream().filter(event -> event.id() > query.after()).limit(limit).toList());
  }

  @Override
  public Source<RecordedEvent, NotUsed> followEvents(EventQuery query) {
    asked.add("follow " + words(query));
    return Source.from(events).filter(event -> event.id() > query.after()).concat(eventsToCome);
  }

  @Override
  public CompletionStage<LogAnswer> logs(LogQuery query) {
    asked.add(
        "logs %s slot %s previous %s tail %s follow %s"
            .formatted(
                query.service(), query.slot(), query.previous(), query.tail(), query.follow()));
    return done(logs);
  }

  @Override
  public CompletionStage<ClusterStatus> cluster() {
    return silent.orElseGet(
        () ->
            done(
                new ClusterStatus(
                    List.of("a:1", "b:2"),
                    "a:1",
                    List.of(),
                    Optional.of(new ClusterStatus.BrakeStatus(true, 2, 5)),
                    "h2",
                    "ok")));
  }

  @Override
  public CompletionStage<BackupAnswer> backup() {
    return done(backup);
  }

  @Override
  public boolean isReady() {
    return ready;
  }

  private static List<String> names(List<? extends Spec> specs) {
    return specs.stream().map(Spec::title).toList();
  }

  private static String condition(OptionalLong ifMatch) {
    return ifMatch.isPresent() ? " if " + ifMatch.getAsLong() : "";
  }

  private static String words(EventQuery query) {
    return "after "
        + query.after()
        + query.since().map(since -> " since " + since).orElse("")
        + query.service().map(name -> " of " + name).orElse("");
  }

  private <T> CompletionStage<T> answer(T outcome) {
    return lost.<CompletionStage<T>>map(CompletableFuture::failedFuture)
        .orElseGet(() -> done(outcome));
  }

  private static <T> CompletionStage<T> done(T value) {
    return CompletableFuture.completedFuture(value);
  }
}
