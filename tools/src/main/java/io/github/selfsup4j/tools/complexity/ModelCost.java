package io.github.selfsup4j.tools.complexity;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.selfsup4j.model.Algorithm;
import io.github.selfsup4j.model.Classifier;
import io.github.selfsup4j.nn.KernelCall;
import io.github.selfsup4j.nn.NoGradient;
import io.github.selfsup4j.nn.Pass;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Counts what a model computes for an image, from the operations that the engine runs. Those between two kernel calls
 * belong to the module whose weights the call was given.
 */
public final class ModelCost implements Consumer<KernelCall> {
    /** An operation on an array of this many dimensions, the last empty, ends a call in the trace. */
    private static final int MARK = 7;

    private final List<String> modules = new ArrayList<>();
    private final IdentityHashMap<NDArray, String> names = new IdentityHashMap<>();
    private NDArray mark;

    /** What is called is noted from {@link #count} on. */
    @Override
    public void accept(KernelCall call) {
        if (mark != null) {
            modules.add(module(call));
            mark.neg().close();
        }
    }

    /**
     * Runs one image through a model: through its classifier or, if it has none, its backbone.
     *
     * @param model whose kernels tell this object of their calls
     * @return multiply-adds by the path of the module
     */
    public Map<String, Long> count(Algorithm model, int height, int width, NDManager manager) throws IOException {
        model.state().forEach((name, parameter) -> names.putIfAbsent(parameter.getArray(), name));
        try (NDManager scope = manager.newSubManager();
                NoGradient off = new NoGradient()) {
            NDArray image = scope.zeros(new Shape(1, 3, height, width));
            mark = scope.zeros(new Shape(1, 1, 1, 1, 1, 1, 0));
            List<Operation> operations = OperationTrace.of(() -> run(model, image, Pass.evaluation(scope)));
            mark = null;
            return byModule(operations);
        }
    }

    private static void run(Algorithm model, NDArray image, Pass pass) {
        if (model instanceof Classifier classifier) {
            classifier.scores(image, pass);
        } else {
            model.extractFeatures(image, pass);
        }
    }

    private Map<String, Long> byModule(List<Operation> operations) {
        Map<String, Long> costs = new LinkedHashMap<>();
        int call = 0;
        double countedUntil = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < operations.size(); i++) {
            Operation operation = operations.get(i);
            if (operation.name().equals("aten::neg") && operation.shape(0).size() == MARK) {
                call++;
            } else if (operation.start() >= countedUntil) {
                OptionalLong cost = MultiplyAdds.of(operation, operations.subList(i + 1, operations.size()));
                if (cost.isPresent()) {
                    costs.merge(call < modules.size() ? modules.get(call) : "", cost.getAsLong(), Long::sum);
                    countedUntil = operation.end();
                }
            }
        }
        return costs;
    }

    /** What the names of all weights of a call begin with; those that belong to a module above others don't count. */
    private String module(KernelCall call) {
        List<String> owners = call.inputs().stream()
                .map(names::get)
                .filter(Objects::nonNull)
                .map(name -> name.substring(0, name.lastIndexOf('.') + 1))
                .toList();
        List<String> lowest = owners.stream()
                .filter(owner -> owners.stream().noneMatch(other -> !other.equals(owner) && other.startsWith(owner)))
                .toList();
        String common = lowest.isEmpty() ? "" : lowest.get(0);
        for (String owner : lowest) {
            while (!owner.startsWith(common)) {
                common = common.substring(0, common.lastIndexOf('.', common.length() - 2) + 1);
            }
        }
        return common;
    }
}
