package io.github.selfsup4j.optim;

import ai.djl.nn.Parameter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** How an optimizer's parameter groups are made: one a parameter, frozen ones with the default options. */
public enum GroupConstructor {
    /** By {@code paramwise_options} alone. */
    DEFAULT_OPTIMIZER_CONSTRUCTOR {
        @Override
        Map<String, ParamwiseOption> options(OptimizerConfig config, Map<String, Parameter> parameters) {
            return config.paramwiseOptions;
        }
    };

    abstract Map<String, ParamwiseOption> options(OptimizerConfig config, Map<String, Parameter> parameters);

    /** The groups of a model's parameters, in their order. */
    public List<ParameterGroup> groups(OptimizerConfig config, Map<String, Parameter> parameters) {
        Map<Pattern, ParamwiseOption> patterns = new LinkedHashMap<>();
        options(config, parameters).forEach((pattern, option) -> patterns.put(Pattern.compile(pattern), option));
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
}
