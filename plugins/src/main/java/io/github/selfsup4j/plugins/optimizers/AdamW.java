package io.github.selfsup4j.plugins.optimizers;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.nn.Kernel;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.optim.AbstractOptimizer;
import io.github.selfsup4j.optim.OptimizerConfig;
import io.github.selfsup4j.registry.Component;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import jakarta.inject.Inject;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adam with decoupled weight decay (<a href="https://arxiv.org/abs/1711.05101">Loshchilov and Hutter</a>; {@code torch.optim.AdamW}). */
@Component("AdamW")
public final class AdamW extends AbstractOptimizer {

    /** Keys of {@code AdamW}. */
    public static final class Config extends OptimizerConfig {
        /** Decay of the averages of gradients and of their squares. */
        public List<Double> betas = List.of(0.9, 0.999);
        /** Added to the root of the averaged squares. */
        public double eps = 1e-8;

        /** PyTorch's default. */
        public Config() {
            weightDecay = 0.01;
        }

        @Override
        public void validate(Checks checks) {
            super.validate(checks);
            checks.require(betas.size() == 2 && betas.stream().allMatch(beta -> beta >= 0 && beta < 1), "betas", "two numbers in [0, 1)");
            checks.require(eps >= 0, "eps", "0 or more");
        }

        @Override
        public Map<String, Double> options() {
            Map<String, Double> options = new LinkedHashMap<>();
            options.put("lr", lr);
            options.put("beta1", betas.get(0));
            options.put("beta2", betas.get(1));
            options.put("eps", eps);
            options.put("weight_decay", weightDecay);
            return options;
        }
    }

    private final Kernel kernel;

    @Inject
    AdamW(Config config, Kernels kernels) {
        super(config);
        kernel = kernels.load(AdamW.class, "adamw.torchscript", Map.of());
    }

    @Override
    protected List<String> optionNames() {
        return List.of("lr", "beta1", "beta2", "weight_decay", "eps");
    }

    @Override
    protected Map<String, Shape> stateOf(Parameter parameter) {
        Map<String, Shape> state = new LinkedHashMap<>();
        state.put("step", new Shape());
        state.put("exp_avg", parameter.getShape());
        state.put("exp_avg_sq", parameter.getShape());
        return state;
    }

    @Override
    protected void update(Members members) {
        kernel.callAll("adamw", List.of(members.options()), List.of(members.parameters(), members.gradients(),
                members.state("exp_avg"), members.state("exp_avg_sq"), members.state("step")));
    }
}
