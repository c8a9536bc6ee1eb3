package io.github.selfsup4j.plugins.optimizers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.nn.Kernel;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.optim.AbstractOptimizer;
import io.github.selfsup4j.optim.OptimizerConfig;
import io.github.selfsup4j.optim.ParameterGroup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What {@link Adam} and {@link AdamW} share: all but what weight decay is added to. */
abstract class AdamOptimizer extends AbstractOptimizer {

    /** Keys of every Adam. */
    public abstract static class Config extends OptimizerConfig {
        /** Decay of the averages of gradients and of their squares. */
        public List<Double> betas = List.of(0.9, 0.999);
        /** Added to the root of the averaged squares. */
        public double eps = 1e-8;
        /** Whether to divide by the largest average of squares so far, in place of the present one. */
        public boolean amsgrad = false;

        @Override
        public void validate(Checks checks) {
            checks.require(
                    betas.size() == 2 && betas.stream().allMatch(beta -> beta >= 0 && beta < 1),
                    "betas",
                    "two numbers in [0, 1)");
            checks.require(eps >= 0, "eps", "0 or more");
            super.validate(checks);
        }

        @Override
        public Map<String, Double> options() {
            Map<String, Double> options = new LinkedHashMap<>();
            options.put("lr", lr);
            options.put("beta1", betas.get(0));
            options.put("beta2", betas.get(1));
            options.put("weight_decay", weightDecay);
            options.put("eps", eps);
            options.put("amsgrad", amsgrad ? 1.0 : 0);
            return options;
        }

        @Override
        public Set<String> flags() {
            Set<String> flags = new TreeSet<>(super.flags());
            flags.add("amsgrad");
            return flags;
        }
    }

    private final Kernel kernel;

    /** @param decoupled whether weight decay acts on the parameter itself, or is added to the gradient */
    AdamOptimizer(Config config, Kernels kernels, boolean decoupled) {
        super(config);
        kernel = kernels.load(AdamOptimizer.class, "adam.torchscript", Map.of("decoupled", decoupled ? 1 : 0));
    }

    @Override
    protected final List<String> optionNames() {
        return List.of("lr", "beta1", "beta2", "weight_decay", "eps", "amsgrad");
    }

    @Override
    protected final Map<String, Shape> stateOf(ParameterGroup group) {
        Shape shape = group.parameter().getArray().getShape();
        Map<String, Shape> state = new LinkedHashMap<>();
        state.put("step", new Shape());
        state.put("exp_avg", shape);
        state.put("exp_avg_sq", shape);
        if (group.option("amsgrad") != 0) {
            state.put("max_exp_avg_sq", shape);
        }
        return state;
    }

    @Override
    protected final void update(Members members) {
        List<NDArray> averages = members.state("exp_avg");
        List<NDArray> squares = members.state("exp_avg_sq");
        List<NDArray> steps = members.state("step");
        if (members.states().get(0).containsKey("max_exp_avg_sq")) {
            kernel.callAll(
                    "amsgrad",
                    List.of(members.options()),
                    List.of(
                            members.parameters(),
                            members.gradients(),
                            averages,
                            squares,
                            members.state("max_exp_avg_sq"),
                            steps));
        } else {
            kernel.callAll(
                    "adam",
                    List.of(members.options()),
                    List.of(members.parameters(), members.gradients(), averages, squares, steps));
        }
    }
}
