package io.github.selfsup4j.plugins.optimizers;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * SGD whose learning rate is, for each parameter, in proportion to its norm over that of its gradient (<a
 * href="https://arxiv.org/abs/1708.03888">You, Gitman and Ginsburg</a>, algorithm 1; {@code LARS} of MMSelfSup):
 * {@code buffer = momentum * buffer + rate * (gradient + weight_decay * p)}, {@code p -= buffer}. The option
 * {@code lars_exclude} of {@code paramwise_options} leaves a parameter the plain learning rate.
 */
@Component("LARS")
public final class Lars extends MomentumOptimizer {

    /** Keys of {@code LARS}. */
    public static final class Config extends MomentumOptimizer.Config {
        /** Trust coefficient: the learning rate of a parameter is {@code lr * eta * |p| / |gradient|}. */
        public double eta = 0.001;
        /** Added to the gradient's norm. */
        public double eps = 1e-8;

        @Override
        public void validate(Checks checks) {
            super.validate(checks);
            checks.require(eta >= 0, "eta", "0 or more");
            checks.require(eps >= 0, "eps", "0 or more");
        }

        @Override
        public Map<String, Double> options() {
            Map<String, Double> options = super.options();
            options.put("eta", eta);
            options.put("eps", eps);
            return options;
        }

        @Override
        public Set<String> flags() {
            Set<String> flags = new TreeSet<>(super.flags());
            flags.add("lars_exclude");
            return flags;
        }
    }

    @Inject
    Lars(Config config, Kernels kernels) {
        super(config, kernels.load(Lars.class, "lars.torchscript", Map.of()));
    }

    @Override
    protected List<String> optionNames() {
        return List.of("lr", "weight_decay", "momentum", "dampening", "nesterov", "eta", "lars_exclude", "eps");
    }
}
