package io.github.selfsup4j.optim;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.io.tree.Tree;
import io.github.selfsup4j.model.StateLoader;
import io.github.selfsup4j.nn.NoGradient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What optimizers share: groups, state arrays, and one update for all parameters with equal options.
 *
 * <p>A subclass says which state arrays a parameter has, and computes the update in a kernel that changes parameters
 * and state in place. Steps by the sign of the gradient:
 *
 * <pre>{@code
 * @Component("SignSGD")
 * public final class SignSgd extends AbstractOptimizer {
 *     public static final class Config extends OptimizerConfig {
 *         @Override public Map<String, Double> options() { return Map.of("lr", lr, "weight_decay", weightDecay); }
 *     }
 *     private final Kernel kernel;
 *     @Inject SignSgd(Config config, Kernels kernels) {
 *         super(config);
 *         kernel = kernels.load(SignSgd.class, "sign_sgd.torchscript", Map.of());
 *     }
 *     @Override protected List<String> optionNames() { return List.of("lr", "weight_decay"); }
 *     @Override protected Map<String, Shape> stateOf(ParameterGroup group) { return Map.of(); }
 *     @Override protected void update(Members members) {
 *         kernel.callAll("step", List.of(members.options()), List.of(members.parameters(), members.gradients()));
 *     }
 * }
 * }</pre>
 *
 * {@code sign_sgd.torchscript}, beside the class:
 *
 * <pre>{@code
 * def step(self, options: Tensor, parameters: List[Tensor], gradients: List[Tensor]) -> Tensor:
 *   torch._foreach_mul_(parameters, 1. - self.number(options, 0) * self.number(options, 1))
 *   torch._foreach_add_(parameters, torch._foreach_sign(gradients), alpha=-self.number(options, 0))
 *   return options
 * }</pre>
 */
public abstract class AbstractOptimizer implements Optimizer {

    /**
     * Parameters with equal options.
     *
     * @param first whether this is the first step of all of them; if not, it is of none
     * @param options float64 {@code [n]} on the host, in the order of {@link #optionNames()}
     * @param parameters to be changed in place
     * @param gradients of each, not to be changed
     * @param states of each, by name; zeros at the first step
     */
    protected record Members(
            boolean first,
            NDArray options,
            List<NDArray> parameters,
            List<NDArray> gradients,
            List<Map<String, NDArray>> states) {
        /** One state array of each parameter. */
        public List<NDArray> state(String name) {
            return states.stream().map(state -> state.get(name)).toList();
        }
    }

    private record Partition(List<Double> options, boolean first) {}

    private final OptimizerConfig config;
    private List<ParameterGroup> groups = List.of();
    private List<Map<String, NDArray>> states = List.of();

    /** @param config its groups' options */
    protected AbstractOptimizer(OptimizerConfig config) {
        this.config = config;
    }

    /** The options that an update depends on, in the order in which the kernel reads them. */
    protected abstract List<String> optionNames();

    /**
     * Names of the state arrays of a group's parameter, to their shape: that of the parameter, or empty for one number.
     */
    protected abstract Map<String, Shape> stateOf(ParameterGroup group);

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
        Map<Partition, List<Integer>> partitions = new LinkedHashMap<>();
        for (int i = 0; i < gradients.size(); i++) {
            if (gradients.get(i) != null) {
                Partition partition =
                        new Partition(options(groups.get(i)), states.get(i).isEmpty());
                partitions.computeIfAbsent(partition, key -> new ArrayList<>()).add(i);
            }
        }
        partitions.forEach((partition, members) -> step(partition, members, gradients));
    }

    private List<Double> options(ParameterGroup group) {
        return optionNames().stream()
                .map(name -> group.has(name) ? group.option(name) : 0.0)
                .toList();
    }

    private void step(Partition partition, List<Integer> indices, List<NDArray> gradients) {
        NDManager scope = gradients.get(indices.get(0)).getManager();
        try (NDManager host = scope.newSubManager(Device.cpu());
                NoGradient off = new NoGradient()) {
            indices.forEach(this::makeState);
            update(new Members(
                    partition.first,
                    host.create(partition.options.stream()
                            .mapToDouble(Double::doubleValue)
                            .toArray()),
                    indices.stream()
                            .map(i -> groups.get(i).parameter().getArray())
                            .toList(),
                    indices.stream().map(gradients::get).toList(),
                    indices.stream().map(states::get).toList()));
        }
    }

    /** A parameter gets its state with its first gradient, as in PyTorch. */
    private void makeState(int index) {
        if (states.get(index).isEmpty()) {
            NDManager owner = groups.get(index).parameter().getArray().getManager();
            stateOf(groups.get(index))
                    .forEach((name, shape) -> states.get(index).put(name, owner.zeros(shape)));
        }
    }

    @Override
    public final Tree state() {
        return OptimizerState.save(groups, states, config.flags());
    }

    @Override
    public final void load(Tree tree) {
        List<Map<String, HostTensor>> saved =
                OptimizerState.read(tree, groups, this::stateOf, getClass().getSimpleName());
        for (int i = 0; i < groups.size(); i++) {
            Map<String, NDArray> state = states.get(i);
            state.values().forEach(NDArray::close);
            state.clear();
            if (!saved.get(i).isEmpty()) {
                makeState(i);
                saved.get(i).forEach((name, tensor) -> StateLoader.copy(tensor, state.get(name)));
            }
        }
    }
}
