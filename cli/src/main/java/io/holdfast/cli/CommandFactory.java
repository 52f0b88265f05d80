package io.holdfast.cli;

import io.holdfast.cli.console.Terminal;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes the commands, handing the terminal to those that ask for it. */
final class CommandFactory implements IFactory {

  private final Terminal terminal;
  private final IFactory others = CommandLine.defaultFactory();

  CommandFactory(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      Class<?>[] parameters = constructor.getParameterTypes();
      if (Modifier.isPublic(constructor.getModifiers())
          && parameters.length == 1
          && parameters[0] == Terminal.class) {
        return type.cast(constructor.newInstance(terminal));
      }
    }
    return others.create(type);
  }
}
