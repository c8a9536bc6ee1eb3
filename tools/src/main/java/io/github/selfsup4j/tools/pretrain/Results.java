package io.github.selfsup4j.tools.pretrain;

import io.github.selfsup4j.config.MapNode;
import io.github.selfsup4j.data.DataLoader;
import io.github.selfsup4j.data.Dataset;
import io.github.selfsup4j.embed.BackboneWeights;
import io.github.selfsup4j.experiment.Experiment;
import io.github.selfsup4j.features.FeatureExtractor;
import io.github.selfsup4j.features.FeatureTable;
import io.github.selfsup4j.features.Pooling;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.io.torch.PthFile;
import io.github.selfsup4j.io.tree.Tree;
import io.github.selfsup4j.io.weights.StateDicts;
import io.github.selfsup4j.nn.Precision;
import io.github.selfsup4j.runner.RunSettings;
import io.github.selfsup4j.tools.export.BackboneExport;
import io.github.selfsup4j.tools.features.FeatureFile;
import io.github.selfsup4j.tools.features.FrozenModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What comes out of a pretraining: the backbone as PyTorch's and TorchScript's file, embeddings of the pictures, the
 * report.
 */
final class Results {
    private static final String BACKBONE = "backbone";

    private final Plan plan;
    private final Experiment experiment;
    private final RunSettings settings;
    private final Path out;
    private final Consumer<String> console;
    private final Path checkpoint;

    /** @param out the folder of the run, whose training is over */
    Results(Plan plan, Experiment experiment, RunSettings settings, Path out, Consumer<String> console) {
        this.plan = plan;
        this.experiment = experiment;
        this.settings = new RunSettings(
                settings.seed(), settings.device(), Precision.FP32, settings.workDirectory(), settings.timestamp());
        this.out = out;
        this.console = console;
        checkpoint = out.resolve(Recipe.RUN).resolve("latest.pth");
    }

    /** Writes everything. */
    void write() throws IOException {
        Path folder = Files.createTempDirectory("selfsup4j-report");
        try {
            Report report = new Report();
            BackboneExport.Result exported = writeBackbone();
            ReportPictures pictures = new ReportPictures(plan, report, folder);
            pictures.reconstruct(out, settings, checkpoint);
            embed(pictures);
            new ReportFacts(plan, out.toAbsolutePath().normalize(), exported).tell(report, experiment, settings);
            report.write(out.resolve("report.html"));
            console.accept("report: " + out.resolve("report.html"));
        } finally {
            ReportPictures.delete(folder);
        }
    }

    private BackboneExport.Result writeBackbone() throws IOException {
        Map<String, HostTensor> weights =
                StateDicts.withPrefix(StateDicts.load(checkpoint), BACKBONE, checkpoint.toString());
        PthFile.write(
                out.resolve("backbone.pth"),
                Tree.mapping()
                        .put("state_dict", Tree.stateDict(weights))
                        .put("author", "Selfsup4J")
                        .build());
        BackboneExport.Result exported =
                new BackboneExport(experiment, settings, false).write(checkpoint, out.resolve("backbone.pt"));
        console.accept("backbone: " + out.resolve("backbone.pt") + " and backbone.pth");
        return exported;
    }

    private void embed(ReportPictures pictures) throws IOException {
        try (FrozenModel model = new FrozenModel(experiment, settings)) {
            model.load(checkpoint, new BackboneWeights(List.of(), Optional.of(BACKBONE)));
            Dataset dataset = model.dataset((MapNode) experiment
                    .file()
                    .root()
                    .get("data")
                    .flatMap(data -> ((MapNode) data).get("extract"))
                    .orElseThrow());
            DataLoader.Settings loading =
                    new DataLoader.Settings(plan.batch(), experiment.config().data.workersPerGpu, false, false, 0, 1);
            FeatureTable table =
                    model.extract(dataset, new FeatureExtractor(model.kernels(), Pooling.PATCH_TOKENS, loading));
            FeatureFile.write(out.resolve("embeddings.npz"), table);
            FeatureFile.write(out.resolve("embeddings.parquet"), table);
            console.accept("embeddings: " + out.resolve("embeddings.npz") + " and embeddings.parquet");
            pictures.map(model, table, dataset);
            pictures.neighbours(model, table, dataset);
        }
    }
}
