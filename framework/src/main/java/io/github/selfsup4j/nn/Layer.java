package io.github.selfsup4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBaseBlock;
import ai.djl.nn.Block;
import ai.djl.nn.BlockList;
import ai.djl.nn.Parameter;
import ai.djl.nn.ParameterList;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A DJL block whose parameters have the names of the reference's state dict: children and parameters are known by
 * exactly the names they were added under, joined by dots ({@code layers.0.attn.qkv.weight}).
 *
 * <p>All shapes are known at construction, so {@link #initialize(NDManager)} needs no input. What a layer computes is a
 * method of the subclass with a signature of its own; layers that map one array to one array also override
 * {@link #infer} and so work in a DJL {@code Predictor}.
 */
public abstract class Layer extends AbstractBaseBlock {
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final Map<String, Layer> children = new LinkedHashMap<>();
    private final Map<String, Layer> aliases = new LinkedHashMap<>();

    /** Adds a trainable parameter. The order of additions is the order of the state dict. */
    protected final Parameter parameter(String name, Initializer initializer, long... shape) {
        return add(name, Parameter.Type.OTHER, true, initializer, shape);
    }

    /** Adds a parameter that is never trained. */
    protected final Parameter frozen(String name, Initializer initializer, long... shape) {
        return add(name, Parameter.Type.OTHER, false, initializer, shape);
    }

    /**
     * Adds a buffer: part of the state dict but no parameter, like running statistics. Momentum averages and optimizers
     * don't see it.
     */
    protected final Parameter buffer(String name, Initializer initializer, long... shape) {
        return add(name, Parameter.Type.RUNNING_MEAN, false, initializer, shape);
    }

    private Parameter add(String name, Parameter.Type type, boolean trained, Initializer initializer, long... shape) {
        Parameter parameter = Parameter.builder()
                .setName(name)
                .setType(type)
                .optShape(new Shape(shape))
                .optInitializer(initializer)
                .optRequiresGrad(trained)
                .build();
        if (parameters.putIfAbsent(name, parameter) != null) {
            throw new IllegalArgumentException(getClass().getSimpleName() + " has two parameters named " + name);
        }
        return parameter;
    }

    /** Adds a child under its name in the state dict. */
    protected final <T extends Layer> T child(String name, T layer) {
        if (children.putIfAbsent(name, layer) != null) {
            throw new IllegalArgumentException(getClass().getSimpleName() + " has two children named " + name);
        }
        return layer;
    }

    /** Adds children as {@code name.0}, {@code name.1}, ... */
    protected final <T extends Layer> List<T> children(String name, List<T> layers) {
        for (int i = 0; i < layers.size(); i++) {
            child(name + "." + i, layers.get(i));
        }
        return layers;
    }

    /**
     * Gives a layer below this one a second name in the state dict, where the reference stores it twice: for example
     * {@code backbone} for {@code online_net.0}.
     */
    protected final void alias(String name, Layer layer) {
        if (children.containsKey(name) || aliases.putIfAbsent(name, layer) != null) {
            throw new IllegalArgumentException(getClass().getSimpleName() + " has two children named " + name);
        }
    }

    /** This layer. */
    public final Layer layer() {
        return this;
    }

    /** The direct children by name, in order. */
    public final Map<String, Layer> layers() {
        return Collections.unmodifiableMap(children);
    }

    /**
     * All parameters and buffers of this layer and its children, by state-dict name, in order; those with a second name
     * under both.
     */
    public final Map<String, Parameter> state() {
        Map<String, Parameter> state = new LinkedHashMap<>();
        collect("", state, true);
        return state;
    }

    /** As {@link #state()}, without buffers and second names: PyTorch's {@code named_parameters()}. */
    public final Map<String, Parameter> namedParameters() {
        Map<String, Parameter> named = new LinkedHashMap<>();
        collect("", named, false);
        named.values().removeIf(Layer::isBuffer);
        return named;
    }

    /** True for what was added by {@link #buffer}. */
    public static boolean isBuffer(Parameter parameter) {
        return parameter.getType() == Parameter.Type.RUNNING_MEAN;
    }

    private void collect(String prefix, Map<String, Parameter> into, boolean withAliases) {
        parameters.forEach((name, parameter) -> into.put(prefix + name, parameter));
        children.forEach((name, child) -> child.collect(prefix + name + ".", into, withAliases));
        if (withAliases) {
            aliases.forEach((name, layer) -> layer.collect(prefix + name + ".", into, true));
        }
    }

    /** Stops training of every parameter from here down. */
    public final void freeze() {
        namedParameters().values().forEach(parameter -> parameter.freeze(true));
    }

    /**
     * Makes the arrays of every parameter that has none yet.
     *
     * @param manager their owner: they live as long as it does
     */
    public final void initialize(NDManager manager) {
        initialize(manager, DataType.FLOAT32);
    }

    /** Called after the arrays were made, children first; the place to copy weights from one to another. */
    protected void afterInitialize() {}

    /**
     * Maps one array to one array without gradients, for DJL's {@code Predictor}.
     *
     * @throws UnsupportedOperationException unless overridden
     */
    protected NDArray infer(NDArray input) {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " can't be used as a DJL block by itself");
    }

    @Override
    protected final NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        return new NDList(infer(inputs.singletonOrThrow()));
    }

    @Override
    protected final void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
        // The engine takes an array named "projection.weight" for the entry "weight" of a dictionary "projection".
        parameters.values().forEach(parameter -> parameter.getArray().setName(null));
        children.values().forEach(child -> child.initialize(manager, dataType, inputShapes));
        afterInitialize();
    }

    @Override
    public final Shape[] getOutputShapes(Shape[] inputShapes) {
        throw new UnsupportedOperationException("the output shape depends on the call");
    }

    @Override
    public final BlockList getChildren() {
        BlockList list = new BlockList(children.size());
        children.forEach((name, child) -> list.add(name, (Block) child));
        return list;
    }

    @Override
    public final ParameterList getDirectParameters() {
        ParameterList list = new ParameterList();
        parameters.forEach(list::add);
        return list;
    }
}
