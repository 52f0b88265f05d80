package io.holdfast.cli.client;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Columns that line up, two blanks apart. */
public final class Table {

  private final List<List<String>> rows = new ArrayList<>();

  private Table() {}

  public static Table of(String... header) {
    Table table = new Table();
    table.rows.add(List.of(header));
    return table;
  }

  /** Adds a row with a cell for each column of the header. */
  public Table row(String... cells) {
    if (cells.length != rows.getFirst().size()) {
      throw new IllegalStateException(
          "expected " + rows.getFirst().size() + " cells, got " + cells.length);
    }
    rows.add(List.of(cells));
    return this;
  }

  public String render() {
    int[] widths = IntStream.range(0, rows.getFirst().size()).map(this::width).toArray();
    return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining());
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
    }
    return line.toString().stripTrailing() + System.lineSeparator();
  }
}
