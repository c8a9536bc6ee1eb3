package io.github.selfsup4j.tests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.experiment.Experiment;
import io.github.selfsup4j.experiment.RunBuilder;
import io.github.selfsup4j.experiment.StartOptions;
import io.github.selfsup4j.inject.ComponentFactory;
import io.github.selfsup4j.model.Algorithm;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.runner.RunSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The published checkpoints fit the models of the shipped configs, name by name and shape by shape. */
class OfficialNamesTest {
    private static final Path CONFIGS = Selfsup.root().resolve("configs/selfsup/cae");

    @ParameterizedTest
    @ValueSource(strings = {"8xb256", "16xb128", "32xb64"})
    void theShippedConfigHasTheStateDictOfTheReference(String batches) throws IOException {
        assertEquals(OfficialState.cae(), shapes("cae_vit-base-p16_" + batches + "-fp16-coslr-300e_in1k.yaml"));
    }

    /** Without arrays: a layer knows its shapes from the start. */
    private static Map<String, List<Long>> shapes(String config) {
        Problems problems = new Problems();
        Experiment experiment = Experiment.read(CONFIGS.resolve(config), List.of(), List.of(), problems);
        problems.throwIfAny();
        RunSettings settings = experiment.settings(new StartOptions(
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.of("cpu"),
                Optional.of("fp32"),
                Optional.of(0L)));
        try (NDManager manager = NDManager.newBaseManager(settings.device(), "PyTorch")) {
            ComponentFactory factory = RunBuilder.factory(new Kernels(manager, settings.precision()), settings);
            Algorithm model = factory.build(experiment.model().orElseThrow(), Algorithm.class);
            Map<String, List<Long>> shapes = new LinkedHashMap<>();
            model.state().forEach((name, parameter) -> shapes.put(name, shape(parameter)));
            return shapes;
        }
    }

    private static List<Long> shape(Parameter parameter) {
        return Arrays.stream(parameter.getShape().getShape()).boxed().toList();
    }
}
