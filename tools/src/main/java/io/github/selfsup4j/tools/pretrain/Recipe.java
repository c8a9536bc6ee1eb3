package io.github.selfsup4j.tools.pretrain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A config for a folder of pictures.
 *
 * @param method how to pretrain
 * @param size of the backbone
 * @param pictures to train on
 * @param folder where the lists of pictures and the run go
 * @param batch images in a batch
 * @param epochs how long
 * @param stepSeconds seconds of a step
 * @param seed of everything random
 */
record Recipe(
        Method method,
        ModelSize size,
        ImageFolder pictures,
        Path folder,
        int batch,
        int epochs,
        double stepSeconds,
        long seed) {
    static final String ALL = "images.txt";
    static final String BANK = "knn-bank.txt";
    static final String QUERIES = "knn-queries.txt";
    static final String RUN = "run";
    /** How often kNN is measured, besides before training. */
    static final int EVALUATIONS = 5;

    private static final int CHECKPOINT_SECONDS = 300;
    private static final int POINTS_OF_A_CURVE = 400;
    private static final int LEAST_VOCABULARY = 16;
    private static final int VOCABULARY = 512;
    private static final int PATCHES_OF_A_TOKEN = 16;
    private static final int MOST_NEIGHBOURS = 20;

    /** The config as YAML. */
    String yaml() {
        Map<String, Object> values = new LinkedHashMap<>(model());
        values.putAll(training());
        values.put("extract", TextTemplate.fill("extract.yaml", values));
        values.put(
                "run",
                TextTemplate.fill("run.yaml", values) + (evaluated() ? TextTemplate.fill("knn.yaml", values) : ""));
        return TextTemplate.fill(method.key() + ".yaml", values);
    }

    /** Whether pictures have classes, and enough of each that some can be held out. */
    boolean evaluated() {
        return !pictures.classes().isEmpty() && pictures.heldOut(true).size() > 0;
    }

    /** Number of batches of an epoch. */
    int iterationsPerEpoch() {
        return pictures.size() / batch;
    }

    private Map<String, Object> model() {
        int patches = size.grid() * size.grid();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put(
                "title",
                String.format(
                        "%s of size %s on the %,d pictures of %s.",
                        method, size.key(), pictures.size(), pictures.folder().getFileName()));
        values.put("dim", size.dim());
        values.put("layers", size.layers());
        values.put("heads", size.heads());
        values.put("hidden", 4 * size.dim());
        values.put("side", size.side());
        values.put("patch", size.patch());
        values.put("grid", size.grid());
        values.put("patches", patches);
        values.put("masked", method == Method.CAE && size != ModelSize.TINY ? 75 : patches / 2);
        values.put(
                "vocabulary",
                Math.max(
                        LEAST_VOCABULARY,
                        Math.min(VOCABULARY, Integer.highestOneBit(pictures.size() * patches / PATCHES_OF_A_TOKEN))));
        values.put("resize", Math.round(size.side() * 256 / 224.0));
        values.put("decoder_layers", size == ModelSize.TINY ? 2 : 4);
        values.put("decoder_dim", size == ModelSize.BASE ? 512 : size.dim() / 2);
        values.put("decoder_heads", size == ModelSize.BASE ? 16 : size.heads());
        values.put("depth", size.depth());
        values.put("channels", size.channels());
        values.put("projection", size == ModelSize.BASE ? 4096 : 1024);
        return values;
    }

    private Map<String, Object> training() {
        long iterations = (long) iterationsPerEpoch() * epochs;
        Map<String, Object> values = new LinkedHashMap<>();
        double baseLearningRate = method.baseLearningRate(size);
        values.put("batch", batch);
        values.put("workers", Math.max(1, Math.min(8, Runtime.getRuntime().availableProcessors() - 1)));
        values.put("base_lr", number(baseLearningRate));
        values.put("lr", number(baseLearningRate * batch / 256));
        values.put("warmup", Math.max(1, iterations / 20));
        values.put("epochs", epochs);
        values.put("seed", seed);
        values.put("work_dir", quoted(folder.resolve(RUN)));
        values.put("checkpoint_interval", Math.max(1, (long) (CHECKPOINT_SECONDS / stepSeconds)));
        values.put("log_interval", Math.max(1, Math.min(iterationsPerEpoch(), iterations / POINTS_OF_A_CURVE)));
        values.put("evaluation_interval", Math.max(1, epochs / EVALUATIONS));
        values.put(
                "neighbours",
                Math.max(
                        1,
                        Math.min(
                                MOST_NEIGHBOURS,
                                pictures.heldOut(false).size()
                                        / (2 * Math.max(1, pictures.classes().size())))));
        values.put(
                "fp16",
                size == ModelSize.TINY
                        ? ""
                        : "fp16: {loss_scale: dynamic}   # on CUDA; on the CPU bfloat16 where that is faster\n");
        values.put("images", source(ALL));
        values.put("bank", source(BANK));
        values.put("queries", source(QUERIES));
        return values;
    }

    private String source(String list) {
        return "{type: ImageNet, data_prefix: " + quoted(pictures.folder()) + ", ann_file: "
                + quoted(folder.resolve(list)) + ", classes: " + quoted(pictures.classes()) + "}";
    }

    /** As YAML in which nothing is a reference. */
    private static String quoted(Object value) {
        try {
            Object plain = value instanceof Path path ? path.toString() : List.copyOf((List<?>) value);
            return new ObjectMapper().writeValueAsString(plain).replace("${", "$${");
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value).replaceFirst("0+$", "").replaceFirst("\\.$", ".0");
    }
}
