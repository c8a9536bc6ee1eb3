package io.github.selfsup4j.plugins.byol;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.data.Batch;
import io.github.selfsup4j.inject.ChecksParts;
import io.github.selfsup4j.inject.ComponentPlan;
import io.github.selfsup4j.model.Algorithm;
import io.github.selfsup4j.model.Backbone;
import io.github.selfsup4j.model.Encoder;
import io.github.selfsup4j.model.FeatureNeck;
import io.github.selfsup4j.model.Losses;
import io.github.selfsup4j.model.MomentumTarget;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Layer;
import io.github.selfsup4j.nn.MovingAverage;
import io.github.selfsup4j.nn.Pass;
import io.github.selfsup4j.plugins.heads.LatentHead;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.util.List;

/**
 * Bootstrap Your Own Latent (<a href="https://arxiv.org/abs/2006.07733">Grill et al., 2020</a>; the reference's
 * {@code BYOL}).
 *
 * <p>The online network predicts, from one view of an image, what the target network makes of the other. The target
 * follows the online network as a moving average, which {@code MomentumUpdateHook} moves.
 *
 * <p>A batch holds the two views {@code img_0} and {@code img_1}.
 */
@Component("BYOL")
public final class Byol extends Layer implements Algorithm, MomentumTarget {

    /** Keys of {@code BYOL}. */
    public static final class Config implements Validated, ChecksParts {
        /** Share of the target's old weights that an update keeps, at the start of the run. */
        public double baseMomentum = 0.996;

        @Override
        public void validate(Checks checks) {
            checks.require(baseMomentum >= 0 && baseMomentum <= 1, "baseMomentum", "a number in [0, 1]");
        }

        @Override
        public void checkParts(ComponentPlan self, Problems problems) {
            self.config("neck", FeatureNeck.Settings.class).ifPresent(neck -> {
                self.config("backbone", Backbone.Settings.class)
                        .map(Backbone.Settings::featureChannels)
                        .filter(given -> !given.equals(List.of(neck.inputChannels())))
                        .ifPresent(given -> problems.add(
                                self.location("neck", "in_channels"),
                                self.path("neck", "in_channels"),
                                "is " + neck.inputChannels() + ", but the backbone gives " + given
                                        + "; make them equal"));
                self.config("head.predictor", FeatureNeck.Settings.class)
                        .filter(predictor -> predictor.inputChannels() != neck.outputChannels()
                                || predictor.outputChannels() != neck.outputChannels())
                        .ifPresent(predictor -> problems.add(
                                self.location("head", "predictor"),
                                self.path("head", "predictor"),
                                "maps " + predictor.inputChannels() + " channels to " + predictor.outputChannels()
                                        + ", but the neck gives " + neck.outputChannels() + "; make them equal"));
            });
        }
    }

    private final double baseMomentum;
    private final Encoder online;
    private final Encoder target;
    private final LatentHead head;
    private final MovingAverage movingAverage;
    private double momentum;

    @Inject
    Byol(Config config, Provider<Backbone> backbone, Provider<FeatureNeck> neck, LatentHead head, Kernels kernels) {
        baseMomentum = config.baseMomentum;
        momentum = config.baseMomentum;
        online = child("online_net", new Encoder(backbone.get(), neck.get()));
        target = child("target_net", new Encoder(backbone.get(), neck.get()));
        this.head = head;
        movingAverage = new MovingAverage(kernels);
        alias("backbone", online.backbone().layer());
        alias("neck", online.neck().layer());
        child("head", head.layer());
        target.freeze();
    }

    @Override
    protected void afterInitialize() {
        movingAverage.reset(
                target.namedParameters().values(), online.namedParameters().values());
    }

    @Override
    public Losses forwardTrain(Batch batch, Pass pass) {
        NDArray view1 = batch.get("img_0");
        NDArray view2 = batch.get("img_1");
        NDArray online1 = encode(online, "online_net", view1, pass);
        NDArray online2 = encode(online, "online_net", view2, pass);
        NDArray target1 = encode(target, "target_net", view1, pass);
        NDArray target2 = encode(target, "target_net", view2, pass);
        NDArray loss1 = head.forward(online1, target2, pass.under("head")).total();
        NDArray loss2 = head.forward(online2, target1, pass.under("head")).total();
        return Losses.of(loss1.add(loss2).mul(2));
    }

    /** {@code [batch, dim]} of a view; no gradient flows through the target, all of whose parameters are frozen. */
    private static NDArray encode(Encoder network, String name, NDArray view, Pass pass) {
        return pass.record(name, network.forward(view, pass.under(name)).singletonOrThrow());
    }

    @Override
    public NDList extractFeatures(NDArray images, Pass pass) {
        return online.backbone().features(images, pass);
    }

    @Override
    public double baseMomentum() {
        return baseMomentum;
    }

    @Override
    public double momentum() {
        return momentum;
    }

    @Override
    public void setMomentum(double momentum) {
        this.momentum = momentum;
    }

    @Override
    public void momentumUpdate() {
        movingAverage.update(
                target.namedParameters().values(), online.namedParameters().values(), momentum);
    }
}
