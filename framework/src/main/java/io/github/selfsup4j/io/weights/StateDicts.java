package io.github.selfsup4j.io.weights;

import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.io.disk.FileKind;
import io.github.selfsup4j.io.disk.FormatException;
import io.github.selfsup4j.io.disk.MappedFile;
import io.github.selfsup4j.io.disk.MemoryBudget;
import io.github.selfsup4j.io.numpy.Npz;
import io.github.selfsup4j.io.safetensors.Safetensors;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.io.torch.LegacyPth;
import io.github.selfsup4j.io.torch.PthFile;
import io.github.selfsup4j.io.tree.Tree;
import io.github.selfsup4j.io.tree.TreePath;
import io.github.selfsup4j.io.zip.ZipReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Weights by name, from whatever kind of file holds them.
 *
 * <pre>{@code
 * Map<String, HostTensor> weights = StateDicts.load(Path.of("epoch_300.pth"));
 * Map<String, HostTensor> backbone = StateDicts.withPrefix(weights, "backbone", "epoch_300.pth");
 * }</pre>
 */
public final class StateDicts {
    /** Where checkpoints keep their weights, the first that is there counts: mmcv, MAE and timm, DINO. */
    private static final List<String> WRAPPERS =
            List.of("state_dict", "model", "teacher", "model_state_dict", "module");
    /** What a module may store beside its tensors (PyTorch's {@code get_extra_state}); no weight. */
    private static final String EXTRA_STATE = "_extra_state";

    private StateDicts() {}

    /**
     * Reads weights from a .pth, safetensors or .npz file, told apart by content, without the prefix {@code module.}.
     *
     * @return tensors by name, in the file's order
     * @throws FormatException if the file is damaged or holds no state dict
     * @throws IOException if it cannot be read
     */
    public static Map<String, HostTensor> load(Path path) throws IOException {
        return load(path, List.of(KeyRule.STRIP_MODULE));
    }

    /** As {@link #load(Path)}, with other rules for the names, applied one after another. */
    public static Map<String, HostTensor> load(Path path, List<KeyRule> rules) throws IOException {
        return revise(read(path), rules);
    }

    /**
     * The state dict inside a checkpoint: the checkpoint itself, or what it holds under {@code state_dict},
     * {@code model}, {@code teacher}.
     *
     * @param where for messages
     */
    public static Map<String, HostTensor> find(Tree checkpoint, String where) {
        Tree here = checkpoint;
        Optional<Tree> inner = inner(here);
        while (inner.isPresent()) {
            here = inner.get();
            inner = inner(here);
        }
        if (here instanceof Tree.Mapping mapping
                && mapping.entries().values().stream().anyMatch(Tree.Tensor.class::isInstance)) {
            return tensors(mapping, where);
        }
        throw new FormatException(where + ": found " + TreePath.describe(here)
                + (here instanceof Tree.Mapping mapping ? " with the keys " + TreePath.keys(mapping) : "")
                + "; expected tensors by name, or them under one of " + String.join(", ", WRAPPERS));
    }

    private static Optional<Tree> inner(Tree tree) {
        return WRAPPERS.stream()
                .flatMap(key -> tree.find(key).stream())
                .filter(Tree.Mapping.class::isInstance)
                .findFirst();
    }

    /**
     * Renames every weight.
     *
     * @throws FormatException if two weights get the same name
     */
    public static Map<String, HostTensor> revise(Map<String, HostTensor> weights, List<KeyRule> rules) {
        Map<String, HostTensor> revised = weights;
        for (KeyRule rule : rules) {
            Map<String, HostTensor> next = new LinkedHashMap<>();
            revised.forEach((name, tensor) -> {
                String newName = rule.apply(name);
                if (next.put(newName, tensor) != null) {
                    throw new FormatException("replacing '" + rule.pattern() + "' by '" + rule.replacement()
                            + "' gives two weights the name '" + newName + "'; '" + name + "' is one of them");
                }
            });
            revised = next;
        }
        return revised;
    }

    /**
     * The weights whose names start with a prefix, without it.
     *
     * @param prefix the path of a module, with or without the dot at its end
     * @param where for the message
     * @throws FormatException if there are none; the message has the nearest prefixes
     */
    public static Map<String, HostTensor> withPrefix(Map<String, HostTensor> weights, String prefix, String where) {
        String start = prefix.isEmpty() || prefix.endsWith(".") ? prefix : prefix + ".";
        Map<String, HostTensor> part = new LinkedHashMap<>();
        weights.forEach((name, tensor) -> {
            if (name.startsWith(start)) {
                part.put(name.substring(start.length()), tensor);
            }
        });
        if (part.isEmpty()) {
            throw noSuchPrefix(weights, start, where);
        }
        return part;
    }

    private static Map<String, HostTensor> read(Path path) throws IOException {
        try (MappedFile file = new MappedFile(path)) {
            FileKind kind = FileKind.of(file);
            if (kind == FileKind.SAFETENSORS) {
                return Safetensors.read(file).tensors();
            }
            if (kind == FileKind.LEGACY_TORCH) {
                return find(LegacyPth.read(file), path.toString());
            }
            kind.require(FileKind.ZIP, path, "weights as .pth, .safetensors or .npz");
            MemoryBudget budget = new MemoryBudget(path, file.size());
            ZipReader zip = new ZipReader(file, budget);
            return PthFile.isCheckpoint(zip)
                    ? find(PthFile.read(path, zip, budget), path.toString())
                    : Npz.read(path, zip, budget);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Map<String, HostTensor> tensors(Tree.Mapping mapping, String where) {
        Map<String, HostTensor> tensors = new LinkedHashMap<>();
        mapping.entries().forEach((key, value) -> {
            if (key instanceof Tree.Text name && value instanceof Tree.Tensor tensor) {
                tensors.put(name.value(), tensor.value());
            } else if (!(key instanceof Tree.Text name) || !name.value().endsWith(EXTRA_STATE)) {
                throw new FormatException(where + ": found " + TreePath.describe(value) + " under "
                        + TreePath.describe(key) + " among the weights; expected a tensor under a name");
            }
        });
        return tensors;
    }

    private static FormatException noSuchPrefix(Map<String, HostTensor> weights, String start, String where) {
        SortedSet<String> modules = new TreeSet<>();
        SortedSet<String> topLevel = new TreeSet<>();
        for (String name : weights.keySet()) {
            for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
                modules.add(name.substring(0, dot + 1));
            }
            topLevel.add(name.substring(0, name.indexOf('.') + 1));
        }
        topLevel.remove("");
        String advice = Problems.nearest(start, modules)
                .map(near -> " (did you mean '" + near + "'?)")
                .orElse("");
        return new FormatException(where + ": found no weight whose name starts with '" + start + "'" + advice
                + "; expected one of the prefixes " + topLevel);
    }
}
