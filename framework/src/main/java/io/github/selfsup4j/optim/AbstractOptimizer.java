package io.github.selfsup4j.optim;

import io.github.selfsup4j.io.HostTensor;
import io.github.selfsup4j.io.MappingBuilder;
import io.github.selfsup4j.io.Tree;
import io.github.selfsup4j.model.StateLoader;
import io.github.selfsup4j.nn.NoGradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What optimizers share: groups, state arrays, and one update for all parameters with equal options.
 *
 * <p>A subclass says which state arrays a parameter has, and computes the update in a kernel that changes
 * parameters and state in place.
 */
public abstract class AbstractOptimizer implements Optimizer {

    /**
     * Parameters with equal options.
     *
     * @param options float64 {@code [n]} in the order of {@link #optionNames()}; belongs to the iteration's scope
     * @param parameters to be changed in place
     * @param gradients of each
     * @param states of each, by name
     */
    protected record Members(NDArray options, List<NDArray> parameters, List<NDArray> gradients, List<Map<String, NDArray>> states) {
        /** One state array of each parameter. */
        public List<NDArray> state(String name) {
            return states.stream().map(state -> state.get(name)).toList();
        }
    }

    private final OptimizerConfig config;
    private List<ParameterGroup> groups = List.of();
    private List<Map<String, NDArray>> states = List.of();

    /** @param config its groups' options */
    protected AbstractOptimizer(OptimizerConfig config) {
        this.config = config;
    }

    /** The options that an update depends on, in the order in which the kernel reads them. */
    protected abstract List<String> optionNames();

    /** Names of a parameter's state arrays, to their shape: that of the parameter, or empty for one number. */
    protected abstract Map<String, Shape> stateOf(Parameter parameter);

    /** Changes parameters and states in place. Autograd is off. */
    protected abstract void update(Members members);

    @Override
    public final void attach(Map<String, Parameter> parameters) {
        groups = config.constructor.groups(config, parameters);
        states = new ArrayList<>();
        groups.forEach(group -> states.add(new LinkedHashMap<>()));
    }

    @Override
    public final List<ParameterGroup> groups() {
        return groups;
    }

    @Override
    public final void step(List<NDArray> gradients) {
        Map<List<Double>, List<Integer>> partitions = new LinkedHashMap<>();
        for (int i = 0; i < gradients.size(); i++) {
            if (gradients.get(i) != null) {
                partitions.computeIfAbsent(options(groups.get(i)), options -> new ArrayList<>()).add(i);
            }
        }
        try (NoGradient off = new NoGradient()) {
            partitions.forEach((options, members) -> update(members(options, members, gradients)));
        }
    }

    private List<Double> options(ParameterGroup group) {
        return optionNames().stream().map(name -> group.has(name) ? group.option(name) : 0.0).toList();
    }

    private Members members(List<Double> options, List<Integer> indices, List<NDArray> gradients) {
        NDManager scope = gradients.get(indices.get(0)).getManager();
        indices.forEach(this::makeState);
        return new Members(scope.create(options.stream().mapToDouble(Double::doubleValue).toArray()),
                indices.stream().map(i -> groups.get(i).parameter().getArray()).toList(),
                indices.stream().map(gradients::get).toList(), indices.stream().map(states::get).toList());
    }

    /** A parameter gets its state with its first gradient, as in PyTorch. */
    private void makeState(int index) {
        if (states.get(index).isEmpty()) {
            Parameter parameter = groups.get(index).parameter();
            stateOf(parameter).forEach((name, shape) -> states.get(index).put(name, parameter.getArray().getManager().zeros(shape)));
        }
    }

    @Override
    public final Tree state() {
        MappingBuilder state = Tree.mapping();
        List<Tree> paramGroups = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            MappingBuilder arrays = Tree.mapping();
            states.get(i).forEach((name, array) -> arrays.put(name, StateLoader.toHost(array)));
            if (!states.get(i).isEmpty()) {
                state.put(i, arrays.build());
            }
            paramGroups.add(paramGroup(i));
        }
        return Tree.mapping().put("state", state.build()).put("param_groups", Tree.list(paramGroups)).build();
    }

    private Tree paramGroup(int index) {
        ParameterGroup group = groups.get(index);
        MappingBuilder tree = Tree.mapping();
        group.options().stream().filter(option -> !option.startsWith("beta")).forEach(option -> tree.put(option, group.option(option)));
        if (group.has("beta1")) {
            tree.put("betas", Tree.tuple(Tree.of(group.option("beta1")), Tree.of(group.option("beta2"))));
        }
        return tree.put("initial_lr", group.initialLr()).put("name", group.name()).put("params", Tree.list(Tree.of((long) index))).build();
    }

    @Override
    public final void load(Tree tree) {
        int found = tree.asList("param_groups").size();
        if (found != groups.size()) {
            throw new IllegalArgumentException("the optimizer's state is of " + found + " parameters, the model has " + groups.size());
        }
        for (int i = 0; i < groups.size(); i++) {
            requireName(tree.at("param_groups", i), groups.get(i).name());
            if (tree.find("state", (long) i).isPresent()) {
                makeState(i);
                load(i, tree.at("state", (long) i).asTensors());
            }
        }
    }

    private static void requireName(Tree paramGroup, String expected) {
        String found = paramGroup.find("name").map(Tree::asText).orElse(expected);
        if (!found.equals(expected)) {
            throw new IllegalArgumentException("the optimizer's state is of other parameters: it has " + found + " where the model has " + expected);
        }
    }

    private void load(int index, Map<String, HostTensor> saved) {
        Map<String, NDArray> arrays = states.get(index);
        if (!saved.keySet().equals(arrays.keySet())) {
            throw new IllegalArgumentException("the state is of another optimizer: " + groups.get(index).name() + " has " + saved.keySet()
                    + " in the checkpoint, " + getClass().getSimpleName() + " keeps " + arrays.keySet());
        }
        saved.forEach((name, tensor) -> {
            NDArray array = arrays.get(name);
            if (!Arrays.equals(tensor.shape(), array.getShape().getShape())) {
                throw new IllegalArgumentException(groups.get(index).name() + ": " + name + " is of shape "
                        + Arrays.toString(tensor.shape()) + " in the checkpoint, of " + array.getShape() + " here");
            }
            StateLoader.copy(tensor, array);
        });
    }
}
