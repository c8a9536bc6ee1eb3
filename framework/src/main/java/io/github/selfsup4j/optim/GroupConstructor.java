package io.github.selfsup4j.optim;

import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How an optimizer's parameter groups are made, under the reference's names. Every parameter is a group of its own, in
 * the order of the model; frozen ones too, with the optimizer's own options.
 */
public enum GroupConstructor {
    /** Options by {@code paramwise_options} alone. */
    DEFAULT("DefaultOptimizerConstructor") {
        @Override
        Map<String, ParamwiseOption> options(OptimizerConfig config, Collection<String> names) {
            return config.paramwiseOptions;
        }
    },
    /**
     * {@code paramwise_options}, and a learning rate that decreases from the last layer to the first: see
     * {@link LayerDecay}.
     */
    TRANSFORMER_FINETUNE("TransformerFinetuneConstructor") {
        @Override
        Map<String, ParamwiseOption> options(OptimizerConfig config, Collection<String> names) {
            return config.layerDecay == 0 ? config.paramwiseOptions : LayerDecay.addTo(config, names);
        }
    };

    private final String configName;

    GroupConstructor(String configName) {
        this.configName = configName;
    }

    /**
     * Options by pattern, in the order of application.
     *
     * @param names the model's parameters
     */
    abstract Map<String, ParamwiseOption> options(OptimizerConfig config, Collection<String> names);

    /**
     * The groups of a model's parameters.
     *
     * @param parameters by state-dict name
     * @throws io.github.selfsup4j.config.ConfigException if the config asks for layers that the model does not have
     */
    public List<ParameterGroup> groups(OptimizerConfig config, Map<String, Parameter> parameters) {
        Map<Pattern, ParamwiseOption> patterns = new LinkedHashMap<>();
        options(config, parameters.keySet())
                .forEach((pattern, option) -> patterns.put(Pattern.compile(pattern), option));
        Map<String, Double> base = config.options();
        List<ParameterGroup> groups = new ArrayList<>();
        parameters.forEach((name, parameter) -> {
            Map<String, Double> options = new LinkedHashMap<>(base);
            if (parameter.requiresGradient()) {
                patterns.forEach((pattern, option) -> {
                    if (pattern.matcher(name).find()) {
                        option.applyTo(options, base);
                    }
                });
            }
            groups.add(new ParameterGroup(name, parameter, options));
        });
        return groups;
    }

    @Override
    public String toString() {
        return configName;
    }
}
