package io.github.selfsup4j.optim;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.config.Required;
import io.github.selfsup4j.config.Validated;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Keys that every optimizer has. */
public abstract class OptimizerConfig implements Validated {
    /** Learning rate before any schedule. */
    @Required
    public double lr;
    /** Weight decay. */
    public double weightDecay = 0;
    /**
     * Options of parameters by regular expression, searched for in the state-dict name; where several match, later ones
     * win. Besides the optimizer's own options there are {@code NAME_mult}, which multiplies the optimizer's value, and
     * {@code fix_lr}, which keeps a parameter from some schedules.
     */
    public Map<String, ParamwiseOption> paramwiseOptions = Map.of();
    /** How groups are made: {@code DefaultOptimizerConstructor} or {@code TransformerFinetuneConstructor}. */
    public GroupConstructor constructor = GroupConstructor.DEFAULT;
    /** For {@code TransformerFinetuneConstructor}: {@code vit} or {@code swin}. */
    public LayerDecay.ModelType modelType = null;
    /**
     * For {@code TransformerFinetuneConstructor}: factor of the learning rate from a layer to the one below; 0 for
     * none.
     */
    public double layerDecay = 0;

    /** The options of a group for which nothing else is said, by PyTorch's names; flags are 0 or 1. */
    public abstract Map<String, Double> options();

    /**
     * Names of the options that are true or false, be they in {@link #options()} or for {@code paramwise_options} only.
     */
    public Set<String> flags() {
        return Set.of("fix_lr");
    }

    @Override
    public void validate(Checks checks) {
        checks.require(lr >= 0, "lr", "0 or more");
        checks.require(weightDecay >= 0, "weightDecay", "0 or more");
        checks.require(layerDecay >= 0, "layerDecay", "0 or more");
        checks.require(
                layerDecay == 0 || constructor == GroupConstructor.TRANSFORMER_FINETUNE,
                "constructor",
                GroupConstructor.TRANSFORMER_FINETUNE + ", which is what layer_decay is for");
        checks.require(layerDecay == 0 || modelType != null, "modelType", "vit or swin, as there is a layer_decay");
        paramwiseOptions.forEach((pattern, option) -> {
            requirePattern(pattern, checks);
            option.values().keySet().forEach(key -> requireOption(pattern, key, checks));
        });
    }

    private static void requirePattern(String pattern, Checks checks) {
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            checks.refuseKey(
                    "paramwiseOptions",
                    List.of(pattern),
                    "no regular expression: " + e.getDescription() + " at character " + e.getIndex(),
                    "a character with a meaning of its own needs a \\ before it");
        }
    }

    private void requireOption(String pattern, String key, Checks checks) {
        String option = ParamwiseOption.target(key);
        Set<String> known = new TreeSet<>(options().keySet());
        if (option.equals(key)) {
            known.addAll(flags());
        }
        if (!known.contains(option)) {
            String message = option.equals(key) ? "unknown option" : "there is no option '" + option + "' to multiply";
            String advice =
                    Problems.nearest(option, known)
                                    .map(name -> "did you mean '" + name + "'? The")
                                    .orElse("the") + " optimizer has " + String.join(", ", known);
            checks.refuseKey("paramwiseOptions", List.of(pattern, key), message, advice);
        }
    }
}
