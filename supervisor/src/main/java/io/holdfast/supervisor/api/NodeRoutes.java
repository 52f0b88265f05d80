package io.holdfast.supervisor.api;

import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.post;
import static akka.http.javadsl.server.PathMatchers.segment;

import akka.http.javadsl.server.Route;
import io.holdfast.core.NodeId;
import java.util.concurrent.CompletionStage;

/** The hosts. */
final class NodeRoutes {

  private static final int USUAL_PAGE = 1_000;

  private final ControlPlane control;

  NodeRoutes(ControlPlane control) {
    this.control = control;
  }

  Route routes() {
    return concat(
        path(segment("v1").slash("nodes"), () -> get(this::list)),
        path(segment("v1").slash("nodes").slash(segment()), id -> get(() -> one(Names.node(id)))),
        path(
            segment("v1").slash("nodes").slash(segment()).slash("drain"),
            id -> post(() -> changed(control.drain(Names.node(id))))),
        path(
            segment("v1").slash("nodes").slash(segment()).slash("undrain"),
            id -> post(() -> changed(control.undrain(Names.node(id))))));
  }

  private Route list() {
    return extractRequest(
        request -> {
          Paging paging = Paging.of(request, USUAL_PAGE);
          return Asking.answer(
              control.nodes(),
              nodes -> paging.cut(nodes, node -> node.id().value(), RenderNode::node));
        });
  }

  private static Route changed(CompletionStage<ChangeOutcome> outcome) {
    return Asking.answer(outcome, Answers::changed);
  }

  private Route one(NodeId id) {
    return Asking.answer(
        control.node(id),
        found ->
            found
                .map(node -> Answers.ok(RenderNode.node(node)))
                .orElseGet(() -> Answers.problem(Names.unknownNode(id.value()))));
  }
}
