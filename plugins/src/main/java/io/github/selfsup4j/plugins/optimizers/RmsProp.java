package io.github.selfsup4j.plugins.optimizers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.nn.Kernel;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.optim.AbstractOptimizer;
import io.github.selfsup4j.optim.OptimizerConfig;
import io.github.selfsup4j.optim.ParameterGroup;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gradients over the root of their averaged squares ({@code torch.optim.RMSprop}); weight decay is added to the
 * gradient.
 */
@Component("RMSprop")
public final class RmsProp extends AbstractOptimizer {
    private static final String BUFFER = "momentum_buffer";

    /** Keys of {@code RMSprop}. */
    public static final class Config extends OptimizerConfig {
        /** Decay of the average of squares. */
        public double alpha = 0.99;
        /** Added to the root of the averaged squares. */
        public double eps = 1e-8;
        /** Share of the last step in the next one. */
        public double momentum = 0;

        @Override
        public void validate(Checks checks) {
            super.validate(checks);
            checks.require(alpha >= 0, "alpha", "0 or more");
            checks.require(eps >= 0, "eps", "0 or more");
            checks.require(momentum >= 0, "momentum", "0 or more");
        }

        @Override
        public Map<String, Double> options() {
            Map<String, Double> options = new LinkedHashMap<>();
            options.put("lr", lr);
            options.put("alpha", alpha);
            options.put("eps", eps);
            options.put("weight_decay", weightDecay);
            options.put("momentum", momentum);
            return options;
        }
    }

    private final Kernel kernel;

    @Inject
    RmsProp(Config config, Kernels kernels) {
        super(config);
        kernel = kernels.load(RmsProp.class, "rmsprop.torchscript", Map.of());
    }

    @Override
    protected List<String> optionNames() {
        return List.of("lr", "alpha", "eps", "weight_decay", "momentum");
    }

    @Override
    protected Map<String, Shape> stateOf(ParameterGroup group) {
        Shape shape = group.parameter().getArray().getShape();
        Map<String, Shape> state = new LinkedHashMap<>();
        state.put("step", new Shape());
        state.put("square_avg", shape);
        if (group.option("momentum") != 0) {
            state.put(BUFFER, shape);
        }
        return state;
    }

    @Override
    protected void update(Members members) {
        boolean momentum = members.states().get(0).containsKey(BUFFER);
        List<List<NDArray>> lists = new ArrayList<>(
                List.of(members.parameters(), members.gradients(), members.state("square_avg"), members.state("step")));
        if (momentum) {
            lists.add(members.state(BUFFER));
        }
        kernel.callAll(momentum ? "momentum" : "plain", List.of(members.options()), lists);
    }
}
