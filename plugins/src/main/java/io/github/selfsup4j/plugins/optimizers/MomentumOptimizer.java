package io.github.selfsup4j.plugins.optimizers;

import ai.djl.ndarray.types.Shape;
import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.nn.Kernel;
import io.github.selfsup4j.optim.AbstractOptimizer;
import io.github.selfsup4j.optim.OptimizerConfig;
import io.github.selfsup4j.optim.ParameterGroup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What {@link Sgd} and {@link Lars} share: a momentum buffer, which without momentum there is none. */
abstract class MomentumOptimizer extends AbstractOptimizer {
    private static final String BUFFER = "momentum_buffer";

    /** Keys of an optimizer with momentum. */
    public abstract static class Config extends OptimizerConfig {
        /** Share of the last step in the next one. */
        public double momentum = 0;
        /** Share of the gradient that is kept out of the momentum. */
        public double dampening = 0;
        /** Whether to look ahead by one step of momentum (Nesterov). */
        public boolean nesterov = false;

        @Override
        public void validate(Checks checks) {
            super.validate(checks);
            checks.require(momentum >= 0, "momentum", "0 or more");
            checks.require(
                    !nesterov || (momentum > 0 && dampening == 0), "nesterov", "false, or a momentum and no dampening");
        }

        @Override
        public Map<String, Double> options() {
            Map<String, Double> options = new LinkedHashMap<>();
            options.put("lr", lr);
            options.put("weight_decay", weightDecay);
            options.put("momentum", momentum);
            options.put("dampening", dampening);
            options.put("nesterov", nesterov ? 1.0 : 0);
            return options;
        }

        @Override
        public Set<String> flags() {
            Set<String> flags = new TreeSet<>(super.flags());
            flags.add("nesterov");
            return flags;
        }
    }

    private final Kernel kernel;

    /**
     * @param kernel has the functions {@code plain}, {@code first} and {@code next}: without momentum, at the first
     *     step, later
     */
    MomentumOptimizer(Config config, Kernel kernel) {
        super(config);
        this.kernel = kernel;
    }

    @Override
    protected List<String> optionNames() {
        return List.of("lr", "weight_decay", "momentum", "dampening", "nesterov");
    }

    @Override
    protected final Map<String, Shape> stateOf(ParameterGroup group) {
        return group.option("momentum") == 0
                ? Map.of()
                : Map.of(BUFFER, group.parameter().getArray().getShape());
    }

    @Override
    protected final void update(Members members) {
        if (members.states().get(0).isEmpty()) {
            kernel.callAll("plain", List.of(members.options()), List.of(members.parameters(), members.gradients()));
        } else {
            kernel.callAll(
                    members.first() ? "first" : "next",
                    List.of(members.options()),
                    List.of(members.parameters(), members.gradients(), members.state(BUFFER)));
        }
    }
}
