package io.github.selfsup4j.tests.jmh;

import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.data.Dataset;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.data.Sample;
import io.github.selfsup4j.experiment.Experiment;
import io.github.selfsup4j.inject.ComponentFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The transforms of a config on a picture in memory. */
@State(Scope.Thread)
public class PipelineBenchmark {
    @Param({
        "cae/cae_vit-base-p16_32xb64-fp16-coslr-300e_in1k",
        "mae/mae_vit-base-p16_8xb512-coslr-400e_in1k",
        "byol/byol_resnet50_16xb256-coslr-200e_in1k"
    })
    public String config;

    private Dataset dataset;
    private long draws;

    @Setup
    public void build() {
        Problems problems = new Problems();
        Experiment experiment = Experiment.read(
                Path.of("configs/selfsup", config + ".yaml"),
                List.of("data.train.data_source={type: RandomImages, size: 1, _delete_: true}"),
                List.of(),
                problems);
        problems.throwIfAny();
        dataset = new ComponentFactory(binder -> {})
                .build(experiment.trainingData().orElseThrow(), Dataset.class);
    }

    @Benchmark
    public Sample sample() throws IOException {
        return dataset.sample(0, RandomStream.of(draws++));
    }
}
