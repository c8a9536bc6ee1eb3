package io.github.selfsup4j.tools.commands;

import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.inject.ComponentDescription;
import io.github.selfsup4j.registry.ComponentEntry;
import io.github.selfsup4j.registry.ComponentScanner;
import io.github.selfsup4j.registry.Registry;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code components}: lists what is registered, or tells the keys of one component. */
@Command(
        name = "components",
        description = "Lists what is registered; with NAME its keys, types, defaults and documentation.",
        mixinStandardHelpOptions = true)
public final class ComponentsCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", arity = "0..1", description = "A component.")
    String name;

    @Option(names = "--kind", paramLabel = "KIND", description = "Only of this kind, for example hook.")
    String kind;

    @Option(
            names = "--plugins",
            arity = "1..*",
            paramLabel = "PATH",
            description = "Plug-in jars, folders of jars, or folders of classes.")
    List<Path> plugIns = List.of();

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        Registry registry = ComponentScanner.scan(plugIns);
        if (kind != null && !registry.kinds().contains(kind)) {
            throw ConfigException.of("there is no kind '" + kind + "'; kinds are " + registry.kinds());
        }
        List<ComponentEntry> entries = registry.all().stream()
                .filter(entry -> kind == null || entry.kind().equals(kind))
                .filter(entry -> name == null || entry.name().equals(name))
                .toList();
        if (entries.isEmpty() && name != null) {
            List<String> names =
                    registry.all().stream().map(ComponentEntry::name).toList();
            throw ConfigException.of("there is no component '" + name + "'"
                    + Problems.nearest(name, names)
                            .map(near -> "; did you mean " + near + "?")
                            .orElse(""));
        }
        print(entries, spec.commandLine().getOut());
        return 0;
    }

    private void print(List<ComponentEntry> entries, PrintWriter out) {
        String last = "";
        for (ComponentEntry entry : entries) {
            if (name != null) {
                out.println(ComponentDescription.of(entry));
                continue;
            }
            if (!entry.kind().equals(last)) {
                out.println(entry.kind() + ":");
                last = entry.kind();
            }
            out.printf("  %-45s %s%n", entry.name(), ComponentDescription.summary(entry));
        }
        out.flush();
    }
}
