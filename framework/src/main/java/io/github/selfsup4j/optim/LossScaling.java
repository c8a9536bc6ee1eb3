package io.github.selfsup4j.optim;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.ConfigBinder;
import io.github.selfsup4j.config.ConfigNode;
import io.github.selfsup4j.config.MapNode;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.config.ScalarNode;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.io.tree.Tree;
import java.util.Set;

/**
 * Scaling of the loss, so that small gradients survive float16 ({@code torch.cuda.amp.GradScaler}): the scale grows
 * after many good steps and shrinks after one with infinite gradients, which is skipped.
 */
public final class LossScaling {

    /** The {@code fp16} section. */
    public static final class Config {
        /** {@code dynamic}, a number for a constant scale, or the options of a dynamic one. */
        public Scale lossScale = Scale.constant(512);
    }

    /** Options of a dynamic scale; the defaults are what {@code dynamic} means. */
    public static final class Scale implements Validated {
        /** Scale at the start. */
        public double initScale = 65536;
        /** Factor after {@code growth_interval} good steps in a row. */
        public double growthFactor = 2;
        /** Factor after a bad step. */
        public double backoffFactor = 0.5;
        /** Number of good steps before the scale grows. */
        public int growthInterval = 2000;

        /** A scale that never changes. */
        static Scale constant(double value) {
            Scale scale = new Scale();
            scale.initScale = value;
            scale.growthFactor = 1;
            scale.backoffFactor = 1;
            return scale;
        }

        private boolean isConstant() {
            return growthFactor == 1 && backoffFactor == 1;
        }

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
            } else if (node instanceof ScalarNode scalar && scalar.asText().equals("dynamic")) {
                return new Scale();
            } else if (node instanceof ScalarNode scalar && isPositive(scalar)) {
                return constant(scalar.asDouble());
            }
            problems.add(node, "expected dynamic, a positive number, or a map of options, found " + node.describe());
            return new Scale();
        }

        private static boolean isPositive(ScalarNode scalar) {
            return (scalar.kind() == ScalarNode.Kind.INT || scalar.kind() == ScalarNode.Kind.FLOAT)
                    && scalar.asDouble() > 0;
        }
    }

    private static final String SCALE = "scale";
    private static final String GOOD_STEPS = "_growth_tracker";

    private final Scale options;
    private float scale;
    private int goodSteps;

    /** A scale at its start. */
    public LossScaling(Config config) {
        this.options = config.lossScale;
        this.scale = (float) options.initScale;
    }

    /** The scale now. */
    public double scale() {
        return scale;
    }

    /**
     * Takes note of a step.
     *
     * @param finite whether every gradient was finite
     */
    public void update(boolean finite) {
        if (!finite) {
            scale = (float) (scale * options.backoffFactor);
            goodSteps = 0;
        } else if (++goodSteps == options.growthInterval) {
            float grown = (float) (scale * options.growthFactor);
            scale = Float.isFinite(grown) ? grown : scale;
            goodSteps = 0;
        }
    }

    /** State for a checkpoint, in the layout of {@code GradScaler.state_dict()}. */
    public Tree state() {
        return Tree.mapping()
                .put(SCALE, scale)
                .put("growth_factor", options.growthFactor)
                .put("backoff_factor", options.backoffFactor)
                .put("growth_interval", options.growthInterval)
                .put(GOOD_STEPS, goodSteps)
                .build();
    }

    /**
     * Restores the scale of what {@link #state()} gave, unless it is constant; the options stay those of the config.
     */
    public void load(Tree state) {
        if (!options.isConstant()) {
            scale = (float) state.asDouble(SCALE);
            goodSteps = state.asInt(GOOD_STEPS);
        }
    }
}
