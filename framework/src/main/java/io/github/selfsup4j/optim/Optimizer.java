package io.github.selfsup4j.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import io.github.selfsup4j.io.tree.Tree;
import io.github.selfsup4j.registry.Kind;
import java.util.List;
import java.util.Map;

/** Changes parameters by their gradients, with PyTorch's arithmetic. */
@Kind("optimizer")
public interface Optimizer {
    /**
     * Takes over parameters; called once, before anything else.
     *
     * @param parameters by state-dict name, frozen ones too
     */
    void attach(Map<String, Parameter> parameters);

    /** The groups, in the order of the parameters. */
    List<ParameterGroup> groups();

    /**
     * One step.
     *
     * @param gradients a gradient for each group, in their order; null where a parameter got none, which leaves it and
     *     its state untouched. They belong to the scope of the iteration, as does whatever temporary arrays the step
     *     makes.
     */
    void step(List<NDArray> gradients);

    /** State for a checkpoint, in the layout of PyTorch's {@code state_dict()}: {@code state}, {@code param_groups}. */
    Tree state();

    /**
     * Restores the arrays of what {@link #state()} or PyTorch gave; options stay those of the config.
     *
     * @throws io.github.selfsup4j.config.ConfigException if it belongs to another optimizer or to other parameters,
     *     saying how they differ
     */
    void load(Tree state);
}
