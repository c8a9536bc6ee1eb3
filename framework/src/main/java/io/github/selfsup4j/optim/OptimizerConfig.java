package io.github.selfsup4j.optim;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Required;
import io.github.selfsup4j.config.Validated;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Keys that every optimizer has. */
public abstract class OptimizerConfig implements Validated {
    /** Learning rate before any schedule. */
    @Required public double lr;
    /** Weight decay. */
    public double weightDecay = 0;
    /**
     * Options of parameters by regular expression, searched for in the state-dict name; where several
     * match, later ones win.
     */
    public Map<String, ParamwiseOption> paramwiseOptions = new LinkedHashMap<>();
    /** How groups are made: {@code DefaultOptimizerConstructor} or {@code TransformerFinetuneConstructor}. */
    public GroupConstructor constructor = GroupConstructor.DEFAULT_OPTIMIZER_CONSTRUCTOR;
    /** For {@code TransformerFinetuneConstructor}: {@code vit} or {@code swin}. */
    public String modelType = null;
    /** For {@code TransformerFinetuneConstructor}: factor of the learning rate from a layer to the one below; 0 for none. */
    public double layerDecay = 0;

    @Override
    public void validate(Checks checks) {
        checks.require(lr >= 0, "lr", "0 or more");
        checks.require(weightDecay >= 0, "weightDecay", "0 or more");
        checks.require(paramwiseOptions.keySet().stream().allMatch(OptimizerConfig::isPattern), "paramwiseOptions", "regular expressions as keys");
    }

    private static boolean isPattern(String text) {
        try {
            Pattern.compile(text);
            return true;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    /** The options of a group for which nothing else is said, by PyTorch's names. */
    public abstract Map<String, Double> options();
}
