package io.github.selfsup4j.plugins.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.selfsup4j.config.ConfigFile;
import io.github.selfsup4j.config.ConfigReader;
import io.github.selfsup4j.config.Problem;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.data.Dataset;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.data.Sample;
import io.github.selfsup4j.inject.ComponentFactory;
import io.github.selfsup4j.inject.ComponentPlan;
import io.github.selfsup4j.inject.Planner;
import io.github.selfsup4j.registry.ComponentScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MultiViewDatasetTest {
    private static final String CONFIG = """
            part:
              type: MultiViewDataset
              data_source: {type: RandomImages, height: 8, width: 8}
              num_views: [2, 1]
              pipelines:
                - [{type: RandomResizedCrop, size: 4}]
                - [{type: CenterCrop, size: 6}]
            """;

    @TempDir
    Path folder;

    private final Problems problems = new Problems();

    private Optional<ComponentPlan> plan(String yaml) throws IOException {
        Path file = folder.resolve("config.yaml");
        Files.writeString(file, yaml);
        ConfigFile config = ConfigReader.read(file, List.of(), Map.of(), problems);
        return new Planner(ComponentScanner.scan(List.of()), problems)
                .plan(config.root().get("part").orElseThrow(), Dataset.class);
    }

    private List<String> told() {
        return problems.all().stream().map(Problem::message).toList();
    }

    @Test
    void everyPipelineMakesItsNumberOfViewsEachWithDrawsOfItsOwn() throws IOException {
        Dataset dataset = new ComponentFactory(binder -> {}).build(plan(CONFIG).orElseThrow(), Dataset.class);
        Sample sample = dataset.sample(3, RandomStream.of(1));
        assertEquals(List.of("img_0", "img_1", "img_2"), List.copyOf(sample.names()));
        assertEquals(4, sample.image("img_0").height());
        assertEquals(6, sample.image("img_2").height());
        assertNotEquals(
                List.of(
                        sample.image("img_0").value(0, 0, 0),
                        sample.image("img_0").value(2, 1, 1)),
                List.of(
                        sample.image("img_1").value(0, 0, 0),
                        sample.image("img_1").value(2, 1, 1)));
    }

    @Test
    void refusesAnotherNumberOfPipelines() throws IOException {
        plan(CONFIG.replace("[2, 1]", "[2]"));
        assertEquals(List.of("expected as many numbers as there are pipelines, 2, found 1"), told());
        assertEquals(4, problems.all().get(0).location().line());
    }

    @Test
    void refusesAPipelineThatIsNoList() throws IOException {
        plan(CONFIG.replace("- [{type: CenterCrop, size: 6}]", "- {type: CenterCrop, size: 6}"));
        assertEquals("expected a list of transform components", told().get(0));
        assertEquals("part.pipelines.1", problems.all().get(0).path());
    }

    @Test
    void tellsAMistakeInsideAPipelineWhereItIs() throws IOException {
        plan(CONFIG.replace("CenterCrop, size: 6", "CenterCrop, sise: 6"));
        assertEquals(7, problems.all().get(0).location().line());
        assertEquals("part.pipelines.1.0.sise", problems.all().get(0).path());
    }
}
