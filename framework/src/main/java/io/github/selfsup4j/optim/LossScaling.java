package io.github.selfsup4j.optim;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.ConfigBinder;
import io.github.selfsup4j.config.ConfigNode;
import io.github.selfsup4j.config.MapNode;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.config.ScalarNode;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.io.Tree;

import java.util.Set;

/**
 * Scaling of the loss, so that small gradients survive float16 ({@code torch.cuda.amp.GradScaler}): the
 * scale grows after many good steps and shrinks after one with infinite gradients, which is skipped.
 */
public final class LossScaling {

    /** The {@code fp16} section. */
    public static final class Config {
        /** {@code dynamic}, a number for a constant scale, or the options of a dynamic one. */
        public Scale lossScale = new Scale();
    }

    /** Options of a dynamic scale. */
    public static final class Scale implements Validated {
        /** Scale at the start. */
        public double initScale = 512;
        /** Factor after {@code growth_interval} good steps. */
        public double growthFactor = 2;
        /** Factor after a bad step. */
        public double backoffFactor = 0.5;
        /** Number of good steps before the scale grows. */
        public int growthInterval = 2000;

        @Override
        public void validate(Checks checks) {
            checks.require(initScale > 0, "initScale", "a positive number");
            checks.require(growthFactor >= 1, "growthFactor", "1 or more");
            checks.require(backoffFactor > 0 && backoffFactor <= 1, "backoffFactor", "a number in (0, 1]");
            checks.require(growthInterval > 0, "growthInterval", "a positive number");
        }

        /** Reads a config value. */
        public static Scale fromConfig(ConfigNode node, Problems problems) {
            if (node instanceof MapNode map) {
                return ConfigBinder.bind(map, Scale.class, Set.of(), problems);
            }
            Scale scale = new Scale();
            if (node instanceof ScalarNode scalar && scalar.asText().equals("dynamic")) {
                scale.initScale = 65536;
            } else if (node instanceof ScalarNode scalar && (scalar.kind() == ScalarNode.Kind.INT || scalar.kind() == ScalarNode.Kind.FLOAT)) {
                scale.initScale = scalar.asDouble();
                scale.growthFactor = 1;
                scale.backoffFactor = 1;
            } else {
                problems.add(node, "expected 'dynamic', a number, or a map of options, found " + node.describe());
            }
            return scale;
        }
    }

    private final Scale options;
    private double scale;
    private int goodSteps;

    /** A scale at its start. */
    public LossScaling(Config config) {
        this.options = config.lossScale;
        this.scale = options.initScale;
    }

    /** The scale now. */
    public double scale() {
        return scale;
    }

    /** Takes note of a step. @param finite whether every gradient was finite */
    public void update(boolean finite) {
        if (!finite) {
            scale *= options.backoffFactor;
            goodSteps = 0;
        } else if (++goodSteps == options.growthInterval) {
            scale *= options.growthFactor;
            goodSteps = 0;
        }
    }

    /** State for a checkpoint. */
    public Tree state() {
        return Tree.mapping().put("scale", scale).put("_growth_tracker", goodSteps).build();
    }

    /** Restores what {@link #state()} gave. */
    public void load(Tree state) {
        scale = state.asDouble("scale");
        goodSteps = state.asInt("_growth_tracker");
    }
}
