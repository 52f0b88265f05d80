package io.holdfast.protocol.spec;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.AnchorNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads YAML into nodes; nothing is ever constructed from a tag. */
final class YamlNodes {

  private static final int DEEPEST = 40;
  private static final int MOST_ALIASES = 50;

  /** An alias shares its node, so a text that multiplies itself stays as small as it was. */
  private final IdentityHashMap<Node, SpecNode> done = new IdentityHashMap<>();

  private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());

  private YamlNodes() {}

  /**
   * Adds document by document, so that what precedes a syntax error is still looked at.
   *
   * @throws Malformed at the first syntax error
   */
  static void read(String text, int most, List<SpecNode> into) throws Malformed {
    try {
      for (Node node : yaml().composeAll(new StringReader(text))) {
        SpecNode document = new YamlNodes().node(node);
        if (into.size() == most) {
          throw new Malformed(document.line(), "expected at most " + most + " documents");
        }
        into.add(document);
      }
    } catch (MarkedYAMLException e) {
      int line = Optional.ofNullable(e.getProblemMark()).map(YamlNodes::line).orElse(1);
      throw new Malformed(line, "expected YAML or JSON: " + firstLine(e.getProblem()));
    } catch (YAMLException e) {
      throw new Malformed(1, "expected YAML or JSON: " + firstLine(String.valueOf(e.getMessage())));
    }
  }

  private static Yaml yaml() {
    LoaderOptions limits = new LoaderOptions();
    limits.setNestingDepthLimit(DEEPEST);
    limits.setMaxAliasesForCollections(MOST_ALIASES);
    limits.setCodePointLimit(SpecReader.LARGEST);
    return new Yaml(new SafeConstructor(limits));
  }

  private SpecNode node(Node node) throws Malformed {
    SpecNode known = done.get(node);
    if (known != null) {
      return known;
    }
    if (!open.add(node)) {
      throw new Malformed(line(node), "expected an alias to something else than itself");
    }
    SpecNode read = read(node);
    open.remove(node);
    done.put(node, read);
    return read;
  }

  private SpecNode read(Node node) throws Malformed {
    return switch (node) {
      case MappingNode mapping -> mapping(mapping);
      case SequenceNode sequence -> sequence(sequence);
      case ScalarNode scalar -> scalar(scalar);
      case AnchorNode anchor -> node(anchor.getRealNode());
      case Node other -> throw new Malformed(line(other), "expected a mapping, a list or a value");
    };
  }

  private SpecNode mapping(MappingNode node) throws Malformed {
    List<SpecNode.Entry> entries = new ArrayList<>();
    for (NodeTuple tuple : node.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw new Malformed(line(tuple.getKeyNode()), "expected a key that is one word");
      }
      entries.add(new SpecNode.Entry(line(key), key.getValue(), node(tuple.getValueNode())));
    }
    return new SpecNode.Mapping(line(node), List.copyOf(entries));
  }

  private SpecNode sequence(SequenceNode node) throws Malformed {
    List<SpecNode> items = new ArrayList<>();
    for (Node item : node.getValue()) {
      items.add(node(item));
    }
    return new SpecNode.Sequence(line(node), List.copyOf(items));
  }

  private static SpecNode scalar(ScalarNode node) throws Malformed {
    if (node.getTag().equals(Tag.NULL)) {
      return new SpecNode.Nothing(line(node));
    }
    if (!node.getTag().startsWith(Tag.PREFIX) || node.getTag().equals(Tag.BINARY)) {
      throw new Malformed(line(node), "expected no tag, got " + node.getTag().getValue());
    }
    boolean quoted = node.getScalarStyle() != ScalarStyle.PLAIN;
    return new SpecNode.Scalar(line(node), node.getValue(), quoted);
  }

  private static int line(Node node) {
    return line(node.getStartMark());
  }

  private static int line(Mark mark) {
    return mark.getLine() + 1;
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
