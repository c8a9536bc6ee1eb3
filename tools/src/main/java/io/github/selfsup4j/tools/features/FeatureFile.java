package io.github.selfsup4j.tools.features;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.features.FeatureTable;
import io.github.selfsup4j.io.disk.FormatException;
import io.github.selfsup4j.io.numpy.Npz;
import io.github.selfsup4j.io.numpy.NpzFile;
import io.github.selfsup4j.io.safetensors.Safetensors;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.io.tensor.TensorFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Files of features, by their ending. {@code .npz} holds {@code features} {@code [images, dim]}, {@code labels},
 * {@code paths} and, if they are known, {@code classes}; {@code .safetensors} the first two as tensors and the others
 * as JSON lists of its metadata; {@code .parquet} a row for every image.
 */
public final class FeatureFile {
    private static final String FEATURES = "features";
    private static final String LABELS = "labels";
    private static final String PATHS = "paths";
    private static final String CLASSES = "classes";
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};

    /** A kind of file. */
    private enum Kind {
        NPZ,
        SAFETENSORS,
        PARQUET
    }

    private FeatureFile() {}

    /** Whether a file is one of features by its name. */
    public static boolean isNamedSo(Path file) {
        return Arrays.stream(Kind.values()).anyMatch(kind -> has(file, kind));
    }

    /** Refuses a name that tells no kind of file. */
    public static void requireKnownEnding(Path file) {
        kind(file);
    }

    /** Refuses more than a file of that kind holds: 2 GiB in one array; Parquet has rows, and no such limit. */
    public static void requireRoom(Path file, int images, int dim) {
        long bytes = (long) images * dim * Float.BYTES;
        if (kind(file) != Kind.PARQUET && bytes > Integer.MAX_VALUE) {
            throw ConfigException.of(String.format(
                    Locale.ROOT,
                    "features of %d images of %d values each are %.1f GiB, more than the 2 GiB of an array in such a file;"
                            + " write .parquet, or choose another --pool",
                    images,
                    dim,
                    bytes / (double) (1 << 30)));
        }
    }

    private static Kind kind(Path file) {
        return Arrays.stream(Kind.values())
                .filter(kind -> has(file, kind))
                .findFirst()
                .orElseThrow(() ->
                        ConfigException.of(file + ": expected a name that ends with .npz, .safetensors or .parquet"));
    }

    private static boolean has(Path file, Kind kind) {
        return file.toString()
                .toLowerCase(Locale.ROOT)
                .endsWith("." + kind.name().toLowerCase(Locale.ROOT));
    }

    /** Writes a file; it appears whole or not at all. */
    public static void write(Path file, FeatureTable table) throws IOException {
        Map<String, HostTensor> arrays = arrays(table);
        switch (kind(file)) {
            case NPZ ->
                Npz.write(
                        file,
                        new NpzFile(
                                arrays,
                                table.classes().isEmpty()
                                        ? Map.of(PATHS, table.paths())
                                        : Map.of(PATHS, table.paths(), CLASSES, table.classes())));
            case SAFETENSORS ->
                Safetensors.write(
                        file,
                        arrays,
                        Map.of("format", "pt", PATHS, json(table.paths()), CLASSES, json(table.classes())));
            case PARQUET -> FeatureParquet.write(file, table);
        }
    }

    private static Map<String, HostTensor> arrays(FeatureTable table) {
        return new LinkedHashMap<>(Map.of(
                FEATURES,
                HostTensor.of(table.values(), table.size(), table.dim()),
                LABELS,
                HostTensor.of(table.labels(), table.size())));
    }

    /**
     * Reads a file, ours or another with {@code features} and perhaps the others.
     *
     * @throws FormatException if it is none, or its parts don't fit together
     */
    public static FeatureTable read(Path file) throws IOException {
        return switch (kind(file)) {
            case NPZ -> {
                NpzFile content = Npz.readWithTexts(file);
                yield table(
                        file,
                        content.arrays(),
                        content.texts().getOrDefault(PATHS, List.of()),
                        content.texts().getOrDefault(CLASSES, List.of()));
            }
            case SAFETENSORS -> {
                TensorFile content = Safetensors.read(file);
                yield table(file, content.tensors(), texts(file, content, PATHS), texts(file, content, CLASSES));
            }
            case PARQUET -> FeatureParquet.read(file);
        };
    }

    private static FeatureTable table(
            Path file, Map<String, HostTensor> arrays, List<String> paths, List<String> classes) {
        HostTensor features = arrays.get(FEATURES);
        if (features == null || features.shape().length != 2 || !features.type().isFloating()) {
            throw new FormatException(
                    file,
                    features == null ? "the arrays " + arrays.keySet() : "features " + features,
                    "an array 'features' [images, dim] of floating-point numbers");
        }
        int size = (int) features.shape()[0];
        long[] labels = new long[size];
        Arrays.fill(labels, -1);
        if (arrays.containsKey(LABELS)) {
            labels = arrays.get(LABELS).toLongs();
        }
        if (labels.length != size || (!paths.isEmpty() && paths.size() != size)) {
            throw new FormatException(
                    file,
                    labels.length + " labels and " + paths.size() + " paths",
                    size + ", as many as there are features");
        }
        return new FeatureTable(
                (int) features.shape()[1],
                features.toFloats(),
                labels,
                paths.isEmpty() ? Collections.nCopies(size, "") : paths,
                classes);
    }

    private static String json(List<String> texts) throws IOException {
        return new ObjectMapper().writeValueAsString(texts);
    }

    private static List<String> texts(Path file, TensorFile content, String name) throws IOException {
        String json = content.metadata().get(name);
        try {
            return json == null ? List.of() : new ObjectMapper().readValue(json, TEXTS);
        } catch (JsonProcessingException e) {
            throw new FormatException(file, "metadata '" + name + "' that is no JSON", "a list of texts");
        }
    }
}
