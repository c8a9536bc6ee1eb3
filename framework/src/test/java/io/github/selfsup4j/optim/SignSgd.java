package io.github.selfsup4j.optim;

import ai.djl.ndarray.types.Shape;
import io.github.selfsup4j.nn.Kernel;
import io.github.selfsup4j.nn.Kernels;
import java.util.List;
import java.util.Map;

/** The example of {@link AbstractOptimizer}. */
final class SignSgd extends AbstractOptimizer {
    /** Its keys. */
    public static final class Config extends OptimizerConfig {
        @Override
        public Map<String, Double> options() {
            return Map.of("lr", lr, "weight_decay", weightDecay);
        }
    }

    private final Kernel kernel;
    private int updates;

    SignSgd(Config config, Kernels kernels) {
        super(config);
        kernel = kernels.load(SignSgd.class, "sign_sgd.torchscript", Map.of());
    }

    @Override
    protected List<String> optionNames() {
        return List.of("lr", "weight_decay");
    }

    @Override
    protected Map<String, Shape> stateOf(ParameterGroup group) {
        return Map.of();
    }

    @Override
    protected void update(Members members) {
        updates++;
        kernel.callAll("step", List.of(members.options()), List.of(members.parameters(), members.gradients()));
    }

    int updates() {
        return updates;
    }
}
