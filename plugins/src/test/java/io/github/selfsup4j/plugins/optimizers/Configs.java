package io.github.selfsup4j.plugins.optimizers;

import io.github.selfsup4j.config.ConfigReader;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.inject.ComponentFactory;
import io.github.selfsup4j.inject.ComponentPlan;
import io.github.selfsup4j.inject.Planner;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.optim.Optimizer;
import io.github.selfsup4j.registry.ComponentScanner;
import io.github.selfsup4j.registry.Registry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Optimizers as configs make them. */
final class Configs {
    private static final Registry REGISTRY = ComponentScanner.scan(List.of());

    private Configs() {}

    /**
     * The optimizer of a config text.
     *
     * @param yaml the value of {@code optimizer}
     */
    static Optimizer optimizer(String yaml, Kernels kernels) {
        return withFile(yaml, file -> optimizer(file, kernels));
    }

    /** The optimizer of a config file. */
    static Optimizer optimizer(Path file, Kernels kernels) {
        Problems problems = new Problems();
        ComponentPlan plan = plan(file, problems);
        problems.throwIfAny();
        return new ComponentFactory(binder -> binder.bind(Kernels.class).toInstance(kernels))
                .build(plan, Optimizer.class);
    }

    /**
     * Every message about a config text, one to a line.
     *
     * @param yaml the value of {@code optimizer}
     */
    static String problems(String yaml) {
        return withFile(yaml, file -> {
            Problems problems = new Problems();
            plan(file, problems);
            return problems.all().stream()
                    .map(problem -> problem.toString().replace(file.toString(), "c.yaml"))
                    .collect(Collectors.joining("\n"));
        });
    }

    private static ComponentPlan plan(Path file, Problems problems) {
        return new Planner(REGISTRY, problems)
                .plan(
                        ConfigReader.read(file, List.of(), Map.of(), problems)
                                .root()
                                .get("optimizer")
                                .orElseThrow(),
                        Optimizer.class)
                .orElse(null);
    }

    private static <T> T withFile(String yaml, Function<Path, T> use) {
        try {
            Path file = Files.createTempFile("optimizer", ".yaml");
            try {
                Files.writeString(file, "optimizer: " + yaml);
                return use.apply(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
