package io.github.selfsup4j.tools.pretrain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.selfsup4j.data.BadImages;
import io.github.selfsup4j.experiment.Environment;
import io.github.selfsup4j.experiment.Experiment;
import io.github.selfsup4j.runner.RunSettings;
import io.github.selfsup4j.tools.export.BackboneExport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The sections of the report that are numbers and texts.
 *
 * @param plan of the run
 * @param out its folder
 * @param exported what is known of the exported backbone
 */
record ReportFacts(Plan plan, Path out, BackboneExport.Result exported) {
    private static final String CURVES = "Loss and learning rate over the epochs";
    private static final String CURVES_WITH_CLASSES =
            CURVES + ", and how many of every fifth picture's classes the nearest of the other pictures tell."
                    + " Labels are the sub-folders; training did not see them.";

    /** Puts them in. */
    void tell(Report report, Experiment experiment, RunSettings settings) throws IOException {
        RunHistory history = RunHistory.read(out.resolve(Recipe.RUN), plan.pictures() / plan.batch());
        report.title(
                plan.asked().method() + " on " + Path.of(plan.asked().folder()).getFileName(),
                String.format(
                        Locale.ROOT,
                        "%s of size %s, pretrained on %,d pictures without labels, %s",
                        exported.backbone(),
                        plan.asked().size().key(),
                        plan.pictures(),
                        LocalDate.now()));
        report.tiles(tiles(history));
        report.curves(history, history.scores().isEmpty() ? CURVES + "." : CURVES_WITH_CLASSES);
        report.damaged(damaged());
        report.files(out, files(), usage());
        report.environment(environment(settings), experiment.effectiveConfig());
    }

    private Map<String, String> tiles(RunHistory history) {
        Map<String, String> tiles = new LinkedHashMap<>();
        tiles.put("pictures", String.format(Locale.ROOT, "%,d", plan.pictures()));
        if (!plan.classes().isEmpty()) {
            tiles.put("sub-folders as classes", String.valueOf(plan.classes().size()));
        }
        tiles.put("epochs", String.valueOf(plan.epochs()));
        tiles.put("pictures in a batch", String.valueOf(plan.batch()));
        double seconds = history.secondsOfAnIteration();
        if (seconds > 0) {
            tiles.put("pictures a second", String.format(Locale.ROOT, "%.0f", plan.batch() / seconds));
        }
        if (!history.training().isEmpty()) {
            tiles.put(
                    "loss at the end",
                    String.format(
                            Locale.ROOT,
                            "%.3f",
                            history.training().lastEntry().getValue().loss()));
        }
        if (!history.scores().isEmpty()) {
            tiles.put(
                    "kNN accuracy before and after",
                    String.format(
                            Locale.ROOT,
                            "%.0f → %.0f %%",
                            history.scores().firstEntry().getValue(),
                            history.scores().lastEntry().getValue()));
        }
        return tiles;
    }

    /** Those that were found before training, and those that training met. */
    private List<String> damaged() throws IOException {
        Set<String> damaged = new LinkedHashSet<>(plan.damaged());
        Path met = out.resolve(Recipe.RUN).resolve(BadImages.FILE);
        if (Files.exists(met)) {
            for (String line : Files.readAllLines(met)) {
                JsonNode image = new ObjectMapper().readTree(line);
                damaged.add(image.path("path").asText() + ": "
                        + image.path("reason").asText());
            }
        }
        return new ArrayList<>(damaged);
    }

    private Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(
                "backbone.pt",
                "the backbone as TorchScript, for PyTorch and DJL: images " + exported.input()
                        + " in [0, 1] to features " + exported.features() + "; equal to the model's within "
                        + exported.difference());
        files.put("backbone.pth", "its weights by name, as load_from or init_cfg of a config take them");
        files.put("embeddings.npz, embeddings.parquet", "one vector, label and path for every picture");
        files.put(Pretraining.CONFIG, "the config: change it, and train on");
        files.put(Recipe.RUN + "/", "logs and checkpoints; latest.pth is the last one");
        return files;
    }

    private String usage() {
        return """
                # Python: features of images in [0, 1]
                backbone = torch.jit.load("%1$s/backbone.pt")
                features = backbone(images)

                // Java: the embedding of a picture
                Predictor<Image, float[]> predictor = SelfsupModel.load(Path.of("%1$s/run/latest.pth"));
                float[] embedding = predictor.predict(ImageFactory.getInstance().fromFile(picture));

                # Shell: train on, embed other pictures
                tools/selfsup train %1$s/config.yaml --load-from %1$s/run/latest.pth --work-dir NEW
                tools/selfsup extract %1$s/config.yaml %1$s/run/latest.pth --images FOLDER --out features.parquet""".formatted(out);
    }

    private Map<String, String> environment(RunSettings settings) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("Run", Environment.describe(settings));
        environment.put("Processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
        environment.put(
                "Time asked for",
                plan.asked().epochs() != null
                        ? plan.asked().epochs() + " epochs"
                        : Pretraining.duration(plan.asked().hours() * 3600));
        environment.put("A step, when it was tried", String.format(Locale.ROOT, "%.3f s", plan.stepSeconds()));
        environment.put("Pictures", plan.asked().folder());
        return environment;
    }
}
