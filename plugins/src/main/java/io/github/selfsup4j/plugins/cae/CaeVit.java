package io.github.selfsup4j.plugins.cae;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.nn.Init;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.plugins.vit.MaskedVit;
import io.github.selfsup4j.plugins.vit.MaskedVitConfig;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;

/**
 * Vision transformer that encodes the visible patches only (CAE, section 3.1; the reference's {@code CAEViT}).
 * Positions are fixed sine-cosine tables.
 */
@Component("CAEViT")
public final class CaeVit extends MaskedVit {

    /** Keys of {@code CAEViT}. */
    public static final class Config extends MaskedVitConfig {
        /** Number of channels of an image. */
        public int inChannels = 3;
        /** One bias for queries, keys and values; if false, separate ones for queries and values. */
        public boolean qkvBias = true;
        /** Start of the layer scales; 0 for none. */
        public double initValues = 0;

        @Override
        public int imageChannels() {
            return inChannels;
        }

        @Override
        public void validate(Checks checks) {
            super.validate(checks);
            checks.require(initValues >= 0, "initValues", "0 or more");
        }
    }

    @Inject
    CaeVit(Config config, Kernels kernels) {
        super(
                config,
                new Variant(
                        config.inChannels,
                        config.qkvBias,
                        config.initValues,
                        Init.truncatedNormal(0.02),
                        Init.truncatedNormal(0.02),
                        Init.zeros()),
                kernels);
    }
}
