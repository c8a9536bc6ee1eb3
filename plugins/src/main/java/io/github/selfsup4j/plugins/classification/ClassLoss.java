package io.github.selfsup4j.plugins.classification;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Required;
import io.github.selfsup4j.config.Validated;
import java.util.Set;

/** {@code loss} of a head: the cross entropy with labels as they are, or smoothed (mmcls's losses). */
public final class ClassLoss implements Validated {
    private static final String SMOOTHED = "LabelSmoothLoss";

    /** How {@code label_smooth_val} is meant. */
    public enum Mode {
        /** The share of a label that goes to all classes alike (Szegedy et al., 2016). */
        ORIGINAL,
        /** What is added for all classes, before label and addition are scaled to one. */
        CLASSY_VISION
    }

    /** {@code CrossEntropyLoss} or {@code LabelSmoothLoss}. */
    @Required
    public String type = "CrossEntropyLoss";
    /** How much labels are smoothed, in [0, 1); for LabelSmoothLoss. */
    public Double labelSmoothVal = null;
    /** How that is meant. */
    public Mode mode = Mode.ORIGINAL;
    /** What the loss is multiplied with. */
    public double lossWeight = 1;
    /** Accepted for compatibility; labels of mixed images are understood anyway. */
    public boolean useSoft = false;

    @Override
    public void validate(Checks checks) {
        checks.require(
                Set.of("CrossEntropyLoss", SMOOTHED).contains(kind()), "type", "CrossEntropyLoss or LabelSmoothLoss");
        checks.require(
                !kind().equals(SMOOTHED) || (labelSmoothVal != null && labelSmoothVal >= 0 && labelSmoothVal < 1),
                "labelSmoothVal",
                "a number in [0, 1)");
        checks.require(
                kind().equals(SMOOTHED) || labelSmoothVal == null,
                "labelSmoothVal",
                "nothing: CrossEntropyLoss does not smooth labels");
    }

    private String kind() {
        return type.replaceFirst("^mmcls\\.", "");
    }

    /** The share of a label that goes to all classes alike. */
    double smoothing() {
        double value = labelSmoothVal == null ? 0 : labelSmoothVal;
        return mode == Mode.CLASSY_VISION ? value / (1 + value) : value;
    }
}
