package io.github.selfsup4j.optim;

import ai.djl.nn.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * One parameter and the options it is trained with. As in the reference every parameter is a group of its own, frozen
 * ones too. Options have PyTorch's names ({@code lr}, {@code weight_decay}, {@code momentum}, {@code beta1}, ...);
 * flags such as {@code lars_exclude} are 0 or 1.
 */
public final class ParameterGroup {
    private final String name;
    private final Parameter parameter;
    private final Map<String, Double> options;
    private final Map<String, Double> initial;

    /** @param options must contain {@code lr} */
    public ParameterGroup(String name, Parameter parameter, Map<String, Double> options) {
        this.name = name;
        this.parameter = parameter;
        this.options = new LinkedHashMap<>(options);
        this.initial = Map.copyOf(options);
        require(initial, "lr");
    }

    /** State-dict name of the parameter. */
    public String name() {
        return name;
    }

    /** The parameter itself. */
    public Parameter parameter() {
        return parameter;
    }

    /** The learning rate before any schedule. */
    public double initialLr() {
        return initial("lr");
    }

    /**
     * An option before any schedule.
     *
     * @throws IllegalArgumentException if it was not set then
     */
    public double initial(String option) {
        return require(initial, option);
    }

    /** The learning rate of the next step. */
    public double lr() {
        return option("lr");
    }

    /** True if the option is set. */
    public boolean has(String option) {
        return options.containsKey(option);
    }

    /** The names of the options that are set. */
    public Set<String> options() {
        return options.keySet();
    }

    /**
     * An option.
     *
     * @throws IllegalArgumentException if it is not set
     */
    public double option(String option) {
        return require(options, option);
    }

    private double require(Map<String, Double> from, String option) {
        Double value = from.get(option);
        if (value == null) {
            throw new IllegalArgumentException(name + " has no option " + option + ", only " + from.keySet());
        }
        return value;
    }

    /** Sets an option for the steps that follow. */
    public void set(String option, double value) {
        options.put(option, value);
    }
}
