package io.github.selfsup4j.tools.pretrain;

import io.github.selfsup4j.config.MapNode;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.data.BadImages;
import io.github.selfsup4j.data.DataLoader;
import io.github.selfsup4j.data.Dataset;
import io.github.selfsup4j.features.FeatureExtractor;
import io.github.selfsup4j.features.FeatureTable;
import io.github.selfsup4j.features.NearestNeighbours;
import io.github.selfsup4j.features.Pooling;
import io.github.selfsup4j.features.Tsne;
import io.github.selfsup4j.io.HostTensor;
import io.github.selfsup4j.io.PthFile;
import io.github.selfsup4j.io.StateDicts;
import io.github.selfsup4j.io.Tree;
import io.github.selfsup4j.nn.Precision;
import io.github.selfsup4j.runner.RunSettings;
import io.github.selfsup4j.tools.backbone.BackboneExport;
import io.github.selfsup4j.tools.experiment.Environment;
import io.github.selfsup4j.tools.experiment.Experiment;
import io.github.selfsup4j.tools.features.BackboneWeights;
import io.github.selfsup4j.tools.features.FeatureFile;
import io.github.selfsup4j.tools.features.FrozenModel;
import io.github.selfsup4j.tools.neighbours.NeighbourSheet;
import io.github.selfsup4j.tools.pictures.Pictures;
import io.github.selfsup4j.tools.reconstruct.Reconstruction;
import io.github.selfsup4j.tools.tsne.TsnePage;

import ai.djl.ndarray.NDManager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

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
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** What comes out of a pretraining: the backbone as PyTorch's and TorchScript's file, embeddings of the pictures, the report. */
final class Results {
    private static final int MOST_ON_THE_MAP = 1500;
    private static final int FEWEST_ON_THE_MAP = 5;
    private static final int SHOWN = 6;
    private static final int NEIGHBOURS = 7;

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
        this.settings = new RunSettings(settings.seed(), settings.device(), Precision.FP32, settings.workDirectory(), settings.timestamp());
        this.out = out;
        this.console = console;
        checkpoint = out.resolve(Recipe.RUN).resolve("latest.pth");
    }

    /** Writes everything. */
    void write() throws IOException {
        Path pictures = Files.createTempDirectory("selfsup4j-report");
        try {
            BackboneExport.Result exported = writeBackbone();
            Report report = new Report();
            reconstruct(report, pictures.resolve("reconstructions.png"));
            embed(report, pictures);
            tell(report, exported);
            Path page = out.resolve("report.html");
            report.write(page);
            console.accept("report: " + page);
        } finally {
            for (String name : List.of("reconstructions.png", "map.html", "neighbours.png")) {
                Files.deleteIfExists(pictures.resolve(name));
            }
            Files.deleteIfExists(pictures);
        }
    }

    private BackboneExport.Result writeBackbone() throws IOException {
        Map<String, HostTensor> backbone = StateDicts.withPrefix(StateDicts.load(checkpoint), "backbone", checkpoint.toString());
        PthFile.write(out.resolve("backbone.pth"), Tree.mapping().put("state_dict", Tree.stateDict(backbone)).put("author", "Selfsup4J").build());
        BackboneExport.Result exported = new BackboneExport(experiment, settings, false).write(checkpoint, out.resolve("backbone.pt"));
        console.accept("backbone: " + out.resolve("backbone.pt") + " and backbone.pth");
        return exported;
    }

    private void reconstruct(Report report, Path png) throws IOException {
        if (plan.asked().method() == Method.BYOL) {
            return;
        }
        ImageFolder pictures = ImageFolder.of(Path.of(plan.asked().folder()), Files.readAllLines(out.resolve(Recipe.ALL)).stream().map(line -> line.substring(0, line.lastIndexOf(' '))).toList());
        int[] shown = spread(pictures.size(), SHOWN);
        List<String> paths = IntStream.of(shown).mapToObj(i -> pictures.folder().resolve(pictures.names().get(i)).toString()).toList();
        String source = "data.train.data_source={type: ImagePaths, paths: " + new ObjectMapper().writeValueAsString(paths).replace("${", "$${") + ", _delete_: true}";
        Problems problems = new Problems();
        Experiment showing = Experiment.read(out.resolve(Pretraining.CONFIG), List.of(source), List.of(), problems);
        problems.throwIfAny();
        new Reconstruction(showing, settings).write(checkpoint, png);
        String text = plan.asked().method() == Method.MAE ? "Three quarters of the patches are hidden; the network fills them in from the others. Each patch keeps its own mean and contrast."
                : "The network tells which token each hidden patch has. A token is shown as the mean of the patches it stands for.";
        report.picture("reconstructions", "What the network makes of hidden patches", text, png);
    }

    private void embed(Report report, Path pictures) throws IOException {
        try (FrozenModel model = new FrozenModel(experiment, settings)) {
            model.load(checkpoint, new BackboneWeights(List.of(), Optional.of("backbone")));
            Dataset dataset = model.dataset((MapNode) experiment.file().root().get("data").flatMap(data -> ((MapNode) data).get("extract")).orElseThrow());
            DataLoader.Settings loading = new DataLoader.Settings(plan.batch(), experiment.config().data.workersPerGpu, false, false, 0, 1);
            FeatureTable table = model.extract(dataset, new FeatureExtractor(model.kernels(), Pooling.PATCH_TOKENS, loading));
            FeatureFile.write(out.resolve("embeddings.npz"), table);
            FeatureFile.write(out.resolve("embeddings.parquet"), table);
            console.accept("embeddings: " + out.resolve("embeddings.npz") + " and embeddings.parquet");
            map(report, model, table, dataset, pictures.resolve("map.html"));
            neighbours(report, model, table, dataset, pictures.resolve("neighbours.png"));
        }
    }

    private void map(Report report, FrozenModel model, FeatureTable table, Dataset dataset, Path html) throws IOException {
        if (table.size() < FEWEST_ON_THE_MAP) {
            return;
        }
        int[] rows = spread(table.size(), MOST_ON_THE_MAP);
        try (NDManager scope = model.manager().newSubManager()) {
            FeatureTable shown = table.select(rows);
            Tsne.Embedding map = new Tsne(model.kernels(), Tsne.Settings.DEFAULTS).embed(shown.toFeatures(scope).rows());
            TsnePage.write(map, shown, Optional.of(row -> dataset.source().image(rows[row])), "t-SNE", html);
        }
        report.page("map", "A map of the pictures", "t-SNE of the embeddings of " + rows.length + " pictures: what the backbone takes for alike lies together.", html);
    }

    private void neighbours(Report report, FrozenModel model, FeatureTable table, Dataset dataset, Path png) throws IOException {
        int[] queries = spread(table.size(), SHOWN);
        int count = Math.min(NEIGHBOURS, table.size() - 1);
        try (NDManager scope = model.manager().newSubManager()) {
            NearestNeighbours.Found found = new NearestNeighbours(model.kernels(), NearestNeighbours.Metric.COSINE)
                    .find(table.toFeatures(scope).rows(), table.select(queries).toFeatures(scope).rows(), count + 1);
            Pictures all = row -> dataset.source().image(row);
            NeighbourSheet.write(new NeighbourSheet.Images(table.select(queries), row -> dataset.source().image(queries[row])),
                    new NeighbourSheet.Images(table, all), withoutThemselves(found, queries, count), png);
        }
        report.picture("neighbours", "Nearest pictures", "On the left a picture, beside it those whose embeddings are nearest, with the cosine"
                + (plan.classes().isEmpty() ? "." : "; green frames are of the same class."), png);
    }

    private static NearestNeighbours.Found withoutThemselves(NearestNeighbours.Found found, int[] queries, int count) {
        int[][] rows = new int[queries.length][];
        float[][] values = new float[queries.length][count];
        for (int query = 0; query < queries.length; query++) {
            int self = queries[query];
            int[] near = found.rows()[query];
            int[] others = IntStream.range(0, near.length).filter(i -> near[i] != self).limit(count).toArray();
            rows[query] = IntStream.of(others).map(i -> near[i]).toArray();
            for (int i = 0; i < others.length; i++) {
                values[query][i] = found.values()[query][others[i]];
            }
        }
        return new NearestNeighbours.Found(rows, values);
    }

    /** At most so many numbers below a size, at even distances. */
    private static int[] spread(int size, int most) {
        int count = Math.min(size, most);
        return IntStream.range(0, count).map(i -> (int) ((long) i * size / count)).toArray();
    }

    private void tell(Report report, BackboneExport.Result exported) throws IOException {
        RunHistory history = RunHistory.read(out.resolve(Recipe.RUN), plan.pictures() / plan.batch());
        String name = String.valueOf(Path.of(plan.asked().folder()).getFileName());
        report.title(plan.asked().method() + " on " + name, String.format(Locale.ROOT, "%s of size %s, pretrained on %,d pictures without labels, %s",
                exported.backbone(), plan.asked().size().key(), plan.pictures(), LocalDate.now()));
        report.tiles(tiles(history));
        report.curves(history, history.scores().isEmpty() ? "Loss and learning rate over the epochs." : "Loss and learning rate over the epochs, and how many of every fifth picture's classes"
                + " the nearest of the other pictures tell. Labels are the sub-folders; training did not see them.");
        report.damaged(damaged());
        report.files(out.toAbsolutePath().normalize(), files(exported), usage(exported));
        report.environment(environment(), experiment.effectiveConfig());
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
            tiles.put("loss at the end", String.format(Locale.ROOT, "%.3f", history.training().lastEntry().getValue().loss()));
        }
        if (!history.scores().isEmpty()) {
            tiles.put("kNN accuracy before and after", String.format(Locale.ROOT, "%.0f → %.0f %%", history.scores().firstEntry().getValue(), history.scores().lastEntry().getValue()));
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
                damaged.add(image.path("path").asText() + ": " + image.path("reason").asText());
            }
        }
        return new ArrayList<>(damaged);
    }

    private Map<String, String> files(BackboneExport.Result exported) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("backbone.pt", "the backbone as TorchScript, for PyTorch and DJL: images " + exported.input() + " in [0, 1] to features " + exported.features()
                + "; equal to the model's within " + exported.difference());
        files.put("backbone.pth", "its weights by name, as load_from or init_cfg of a config take them");
        files.put("embeddings.npz, embeddings.parquet", "one vector, label and path for every picture");
        files.put(Pretraining.CONFIG, "the config: change it, and train on");
        files.put(Recipe.RUN + "/", "logs and checkpoints; latest.pth is the last one");
        return files;
    }

    private String usage(BackboneExport.Result exported) {
        Path folder = out.toAbsolutePath().normalize();
        return """
                # Python: features of images in [0, 1]
                backbone = torch.jit.load("%1$s/backbone.pt")
                features = backbone(images)

                // Java: the embedding of a picture
                Predictor<Image, float[]> predictor = SelfsupModel.load(Path.of("%1$s/run/latest.pth"));
                float[] embedding = predictor.predict(ImageFactory.getInstance().fromFile(picture));

                # Shell: train on, embed other pictures
                tools/selfsup train %1$s/config.yaml --load-from %1$s/run/latest.pth --work-dir NEW
                tools/selfsup extract %1$s/config.yaml %1$s/run/latest.pth --images FOLDER --out features.parquet""".formatted(folder);
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("Run", Environment.describe(settings));
        environment.put("Processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
        environment.put("Time asked for", plan.asked().epochs() != null ? plan.asked().epochs() + " epochs" : Pretraining.duration(plan.asked().hours() * 3600));
        environment.put("A step, when it was tried", String.format(Locale.ROOT, "%.3f s", plan.stepSeconds()));
        environment.put("Pictures", plan.asked().folder());
        return environment;
    }
}
