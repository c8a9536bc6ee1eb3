package io.github.selfsup4j.plugins.transforms;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.data.Sample;
import io.github.selfsup4j.data.Transform;
import io.github.selfsup4j.inject.Slot;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;
import java.util.List;

/** Applies all of some transforms, or none (the reference's {@code RandomAppliedTrans}). */
@Component("RandomAppliedTrans")
public final class RandomAppliedTrans implements Transform {

    /** Keys of {@code RandomAppliedTrans}, besides {@code transforms}. */
    public static final class Config implements Validated {
        /** Probability of applying them. */
        public double p = 0.5;

        @Override
        public void validate(Checks checks) {
            checks.require(p >= 0 && p <= 1, "p", "a probability in [0, 1]");
        }
    }

    private final double probability;
    private final List<Transform> transforms;

    @Inject
    RandomAppliedTrans(Config config, @Slot("transforms") List<Transform> transforms) {
        this.probability = config.p;
        this.transforms = transforms;
    }

    @Override
    public void apply(Sample sample, RandomStream random) {
        if (random.uniform(0, 1) < probability) {
            transforms.forEach(transform -> transform.apply(sample, random));
        }
    }
}
