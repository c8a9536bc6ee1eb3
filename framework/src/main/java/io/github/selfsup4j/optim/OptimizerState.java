package io.github.selfsup4j.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.io.tree.MappingBuilder;
import io.github.selfsup4j.io.tree.Tree;
import io.github.selfsup4j.model.StateLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * An optimizer's state as {@code torch.optim.Optimizer.state_dict()} gives it, with the parameter's name in each of
 * {@code param_groups}.
 */
final class OptimizerState {
    private static final int SHOWN = 5;

    private OptimizerState() {}

    /**
     * @param states arrays by name, for each group
     * @param flags options that are true or false
     */
    static Tree save(List<ParameterGroup> groups, List<Map<String, NDArray>> states, Set<String> flags) {
        MappingBuilder state = Tree.mapping();
        List<Tree> paramGroups = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            MappingBuilder arrays = Tree.mapping();
            states.get(i).forEach((name, array) -> arrays.put(name, StateLoader.onDemand(array)));
            if (!states.get(i).isEmpty()) {
                state.put(i, arrays.build());
            }
            paramGroups.add(paramGroup(groups.get(i), i, flags));
        }
        return Tree.mapping()
                .put("state", state.build())
                .put("param_groups", Tree.list(paramGroups))
                .build();
    }

    private static Tree paramGroup(ParameterGroup group, long index, Set<String> flags) {
        MappingBuilder tree = Tree.mapping();
        group.options().stream()
                .filter(option -> !option.startsWith("beta"))
                .forEach(option -> tree.put(
                        option,
                        flags.contains(option) ? Tree.of(group.option(option) != 0) : Tree.of(group.option(option))));
        if (group.has("beta1")) {
            tree.put("betas", Tree.tuple(Tree.of(group.option("beta1")), Tree.of(group.option("beta2"))));
        }
        return tree.put("initial_lr", group.initialLr())
                .put("name", group.name())
                .put("params", Tree.list(Tree.of(index)))
                .build();
    }

    /**
     * Reads what {@link #save} or PyTorch wrote.
     *
     * @param expected names and shapes of a group's state arrays
     * @param optimizer its name, for the error
     * @return arrays by name, for each group; none for a parameter without state
     * @throws ConfigException if it belongs to other parameters or to another optimizer
     */
    static List<Map<String, HostTensor>> read(
            Tree tree,
            List<ParameterGroup> groups,
            Function<ParameterGroup, Map<String, Shape>> expected,
            String optimizer) {
        requireNames(tree.asList("param_groups"), groups);
        List<Map<String, HostTensor>> states = new ArrayList<>();
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            Map<String, HostTensor> arrays =
                    tree.find("state", (long) i).map(OptimizerState::arrays).orElse(Map.of());
            Map<String, Shape> shapes = arrays.isEmpty() ? Map.of() : expected.apply(groups.get(i));
            difference(arrays, shapes)
                    .map((groups.get(i).name() + " has ")::concat)
                    .ifPresent(differences::add);
            states.add(arrays);
        }
        if (!differences.isEmpty()) {
            throw ConfigException.of(
                    "the checkpoint's optimizer state is not one of this " + optimizer + ": " + some(differences));
        }
        return states;
    }

    private static void requireNames(List<Tree> paramGroups, List<ParameterGroup> groups) {
        Set<String> here =
                new LinkedHashSet<>(groups.stream().map(ParameterGroup::name).toList());
        Set<String> saved = new LinkedHashSet<>();
        paramGroups.forEach(group -> group.find("name").map(Tree::asText).ifPresent(saved::add));
        boolean named = !saved.isEmpty();
        if (paramGroups.size() != groups.size() || (named && !List.copyOf(saved).equals(List.copyOf(here)))) {
            Set<String> both = new LinkedHashSet<>(here);
            both.retainAll(saved);
            here.removeAll(both);
            saved.removeAll(both);
            String details = !named
                    ? ""
                    : here.isEmpty() && saved.isEmpty()
                            ? "; their order differs"
                            : "; in the checkpoint only: " + some(saved) + "; in the model only: " + some(here);
            throw ConfigException.of("the checkpoint's optimizer state is of other parameters: " + paramGroups.size()
                    + " there, " + groups.size() + " in the model" + details);
        }
    }

    /** PyTorch writes absent arrays as {@code None}, and older versions the step as a number. */
    private static Map<String, HostTensor> arrays(Tree state) {
        Map<String, HostTensor> arrays = new LinkedHashMap<>();
        state.asMapping().entries().forEach((name, value) -> {
            if (value instanceof Tree.Int number) {
                arrays.put(name.asText(), HostTensor.scalar((float) number.value()));
            } else if (!(value instanceof Tree.Null)) {
                arrays.put(name.asText(), value.asTensor());
            }
        });
        return arrays;
    }

    private static Optional<String> difference(Map<String, HostTensor> arrays, Map<String, Shape> shapes) {
        if (!arrays.keySet().equals(shapes.keySet())) {
            return Optional.of(some(arrays.keySet()) + " there, " + some(shapes.keySet()) + " here");
        }
        return arrays.keySet().stream()
                .filter(name -> !Arrays.equals(
                        arrays.get(name).shape(), shapes.get(name).getShape()))
                .findFirst()
                .map(name -> name + " of shape "
                        + Arrays.toString(arrays.get(name).shape()) + " there, " + shapes.get(name) + " here");
    }

    private static String some(Collection<String> names) {
        String shown = String.join(", ", names.stream().limit(SHOWN).toList());
        return names.isEmpty()
                ? "nothing"
                : names.size() > SHOWN ? shown + " and " + (names.size() - SHOWN) + " more" : shown;
    }
}
