package io.github.selfsup4j.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.io.tensor.ElementType;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.nn.Layer;
import io.github.selfsup4j.nn.NoGradient;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Copies state dicts into networks and out of them. */
public final class StateLoader {
    private StateLoader() {}

    /**
     * What a loading did, by name.
     *
     * @param matched copied
     * @param missing in the network only
     * @param unexpected in the file only
     * @param misshapen in both, with different shapes
     */
    public record Report(List<String> matched, List<String> missing, List<String> unexpected, List<String> misshapen) {
        /** True if network and file have the same names and shapes. */
        public boolean exact() {
            return missing.isEmpty() && unexpected.isEmpty() && misshapen.isEmpty();
        }

        @Override
        public String toString() {
            return matched.size() + " matched" + list("missing in the file", missing)
                    + list("unexpected in the file", unexpected) + list("of another shape", misshapen);
        }

        private static String list(String what, List<String> names) {
            return names.isEmpty()
                    ? ""
                    : "; " + names.size() + " " + what + ": "
                            + String.join(", ", names.subList(0, Math.min(8, names.size())))
                            + (names.size() > 8 ? ", ..." : "");
        }
    }

    /**
     * Copies what matches by name and shape, or can be made to fit by {@link AdaptsWeights}.
     *
     * @param from for the error
     * @throws ConfigException if nothing matches
     */
    public static Report load(Network network, Map<String, HostTensor> given, String from) {
        Map<String, HostTensor> weights = adapted(network, given);
        Report report = compare(network, weights);
        if (report.matched().isEmpty()) {
            throw ConfigException.of("nothing in " + from + " fits the model: " + report
                    + ". Is it a checkpoint of another model, or are its names under a prefix?");
        }
        Map<String, Parameter> state = network.state();
        report.matched().forEach(name -> copy(weights.get(name), state.get(name).getArray()));
        return report;
    }

    /** As {@link #load}, but nothing may be missing, unexpected or of another shape. */
    public static void loadStrictly(Network network, Map<String, HostTensor> weights, String from) {
        Report report = compare(network, weights);
        if (!report.exact()) {
            throw ConfigException.of(from + " does not fit the model: " + report);
        }
        load(network, weights, from);
    }

    /** The weights, where a layer can make those of another shape fit, fitting. */
    private static Map<String, HostTensor> adapted(Network network, Map<String, HostTensor> weights) {
        Map<String, HostTensor> adapted = new LinkedHashMap<>(weights);
        Map<String, Parameter> state = network.state();
        partsByName("", network.layer()).forEach((prefix, layer) -> {
            if (layer instanceof AdaptsWeights adapter) {
                state.forEach((name, parameter) -> {
                    HostTensor found = weights.get(name);
                    if (name.startsWith(prefix)
                            && found != null
                            && !Arrays.equals(
                                    found.shape(),
                                    parameter.getArray().getShape().getShape())) {
                        adapter.adapt(name.substring(prefix.length()), found)
                                .ifPresent(fitting -> adapted.put(name, fitting));
                    }
                });
            }
        });
        return adapted;
    }

    /** A layer and all below it, by what the names of their weights start with. */
    public static Map<String, Layer> partsByName(String prefix, Layer layer) {
        Map<String, Layer> parts = new LinkedHashMap<>(Map.of(prefix, layer));
        layer.layers().forEach((name, child) -> parts.putAll(partsByName(prefix + name + ".", child)));
        return parts;
    }

    private static Report compare(Network network, Map<String, HostTensor> weights) {
        Report report = new Report(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        Map<String, Parameter> state = network.state();
        Set<Parameter> given = given(state, weights);
        state.forEach((name, parameter) -> {
            HostTensor found = weights.get(name);
            Shape shape = parameter.getArray().getShape();
            if (found == null && given.contains(parameter)) {
                return;
            }
            if (found == null) {
                report.missing.add(name);
            } else if (!Arrays.equals(found.shape(), shape.getShape())) {
                report.misshapen.add(
                        name + " (" + Arrays.toString(found.shape()) + " in the file, " + shape + " in the model)");
            } else {
                report.matched.add(name);
            }
        });
        weights.keySet().stream().filter(name -> !state.containsKey(name)).forEach(report.unexpected::add);
        return report;
    }

    /** The parameters that are in a file; one that has two names need be there under one only. */
    private static Set<Parameter> given(Map<String, Parameter> state, Map<String, HostTensor> weights) {
        Set<Parameter> given = Collections.newSetFromMap(new IdentityHashMap<>());
        state.forEach((name, parameter) -> {
            if (weights.containsKey(name)) {
                given.add(parameter);
            }
        });
        return given;
    }

    /** Copies values into an array of the same shape, by way of memory that Java's collector does not see. */
    public static void copy(HostTensor from, NDArray to) {
        try (NDManager host = to.getManager().newSubManager(Device.cpu())) {
            boolean whole = to.getDataType() == DataType.INT64;
            NDArray values = host.create(new Shape(from.shape()), whole ? DataType.INT64 : DataType.FLOAT32);
            ByteBuffer memory = values.toByteBuffer(true);
            if (from.type() == elementType(values.getDataType())) {
                memory.put(from.bytes());
            } else if (whole) {
                memory.asLongBuffer().put(from.toLongs());
            } else {
                memory.asFloatBuffer().put(from.toFloats());
            }
            copy(values.toDevice(to.getDevice(), false), to);
        }
    }

    /**
     * Copies values into an array of the same shape and type, without gradients. {@code NDArray.copyTo} would make
     * {@code to} an array over Java's own memory, which is little and not as the engine wants it.
     */
    public static void copy(NDArray from, NDArray to) {
        try (NoGradient off = new NoGradient()) {
            to.set(new NDIndex("..."), from);
        }
    }

    /**
     * The values of parameters and buffers by name, on the host; one tensor for both names of a parameter that has two.
     */
    public static Map<String, HostTensor> save(Network network) {
        return state(network, StateLoader::toHost);
    }

    /**
     * As {@link #save}, but of the moment in which a tensor is asked for its elements: to write a model without holding
     * it twice.
     */
    public static Map<String, HostTensor> onDemand(Network network) {
        return state(network, StateLoader::onDemand);
    }

    private static Map<String, HostTensor> state(Network network, Function<NDArray, HostTensor> toTensor) {
        IdentityHashMap<Parameter, HostTensor> values = new IdentityHashMap<>();
        Map<String, HostTensor> weights = new LinkedHashMap<>();
        network.state()
                .forEach((name, parameter) -> weights.put(
                        name, values.computeIfAbsent(parameter, saved -> toTensor.apply(saved.getArray()))));
        return weights;
    }

    /** An array's values on the host. */
    public static HostTensor toHost(NDArray array) {
        HostTensor values = onDemand(array);
        ByteBuffer bytes = values.bytes();
        return HostTensor.wrap(
                values.type(),
                values.shape(),
                ByteBuffer.allocate(bytes.remaining()).put(bytes).flip());
    }

    /** The values that an array will have when the tensor is asked for them. */
    public static HostTensor onDemand(NDArray array) {
        return HostTensor.onDemand(
                elementType(array.getDataType()), array.getShape().getShape(), () -> bytes(array));
    }

    /**
     * On the CPU the array's own memory. What is copied from a GPU must be closed, or it stays as long as the array.
     */
    private static ByteBuffer bytes(NDArray array) {
        if (!array.getDevice().isGpu()) {
            return array.toByteBuffer(true);
        }
        try (NDArray host = array.toDevice(Device.cpu(), true)) {
            return host.toByteBuffer(false);
        }
    }

    private static ElementType elementType(DataType type) {
        return switch (type) {
            case FLOAT32 -> ElementType.FLOAT32;
            case FLOAT64 -> ElementType.FLOAT64;
            case INT64 -> ElementType.INT64;
            case INT32 -> ElementType.INT32;
            case UINT8 -> ElementType.UINT8;
            case BOOLEAN -> ElementType.BOOL;
            default -> throw new IllegalArgumentException("can't store an array of " + type);
        };
    }
}
