package io.github.selfsup4j.script;

import ai.djl.ndarray.NDArray;
import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.io.torch.ScriptFile;
import io.github.selfsup4j.io.torch.ScriptModule;
import io.github.selfsup4j.model.Network;
import io.github.selfsup4j.model.StateLoader;
import io.github.selfsup4j.nn.KernelCall;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Layer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A network's forward pass as a TorchScript module of its own: what a {@link ForwardTape} heard while the pass ran
 * once, with the same kernels, on inputs of any batch size. Weights have the names of the state dict.
 *
 * <pre>{@code
 * ForwardTape tape = new ForwardTape();
 * Backbone backbone = ...; // built with new Kernels(manager, Precision.FP32, tape), weights loaded
 * tape.clear();
 * NDList features = backbone.features(images, Pass.evaluation(scope));
 * new ForwardScript("ResNet", backbone, kernels, tape, images, features).write(Path.of("backbone.pt"), Map.of());
 * }</pre>
 *
 * <p>All that the pass computes has to be computed in kernels: the rest leaves nothing on the tape.
 */
public final class ForwardScript {
    private static final String INPUT = "images";
    private static final String NONE = "none";

    private final String type;
    private final Network network;
    private final KernelFunctions functions = new KernelFunctions();
    private final IdentityHashMap<NDArray, String> expressions = new IdentityHashMap<>();
    private final StringBuilder body = new StringBuilder();
    private int results;

    /**
     * Makes a module of what is on a tape.
     *
     * @param type the name of the module's class
     * @param network whose pass it was
     * @param kernels those that the network was built with
     * @param input what the pass began with
     * @param outputs what it ended with; several become a tuple
     * @throws ConfigException if the pass used an array that is no weight and came out of no kernel
     */
    public ForwardScript(
            String type, Network network, Kernels kernels, ForwardTape tape, NDArray input, List<NDArray> outputs) {
        this.type = type;
        this.network = network;
        network.state()
                .forEach(
                        (name, parameter) -> expressions.putIfAbsent(parameter.getArray(), ModuleClasses.access(name)));
        expressions.put(kernels.none(), NONE);
        expressions.put(input, INPUT);
        body.append("  def forward(self: ")
                .append(ScriptModule.NAMESPACE)
                .append('.')
                .append(type)
                .append(", ")
                .append(INPUT)
                .append(": Tensor) -> ")
                .append(
                        outputs.size() == 1
                                ? "Tensor"
                                : "Tuple["
                                        + String.join(
                                                ", ",
                                                outputs.stream()
                                                        .map(output -> "Tensor")
                                                        .toList()) + "]")
                .append(":\n");
        body.append("    ").append(NONE).append(" = torch.zeros([0])\n");
        tape.calls().forEach(this::append);
        String returned =
                outputs.stream().map(output -> expression(output, "the result")).collect(Collectors.joining(", "));
        body.append("    return ")
                .append(outputs.size() == 1 ? returned : "(" + returned + ")")
                .append('\n');
    }

    private void append(KernelCall call) {
        String function = functions.name(call.kernel(), call.function());
        String where = "an argument of " + call.kernel().name() + "." + call.function();
        Stream<String> lists = call.lists().stream()
                .map(list -> "["
                        + list.stream().map(array -> expression(array, where)).collect(Collectors.joining(", ")) + "]");
        String arguments = Stream.concat(call.inputs().stream().map(array -> expression(array, where)), lists)
                .collect(Collectors.joining(", "));
        String result = "x" + ++results;
        body.append("    ")
                .append(result)
                .append(" = ")
                .append(function)
                .append('(')
                .append(arguments)
                .append(")\n");
        boolean one = KernelFunctions.givesOneTensor(call.kernel(), call.function());
        for (int i = 0; i < call.results().size(); i++) {
            expressions.put(call.results().get(i), one ? result : result + "[" + i + "]");
        }
    }

    private String expression(NDArray array, String where) {
        String expression = expressions.get(array);
        if (expression == null) {
            throw ConfigException.of(
                    type + " can't be written as TorchScript: " + where + " comes out of no kernel; compute it in one");
        }
        return expression;
    }

    /** The text of the method. */
    @Override
    public String toString() {
        return body.toString();
    }

    /**
     * Writes the module.
     *
     * @param extra further texts by name, see {@link ScriptFile#write}
     * @throws IOException if the disk fails
     */
    public void write(Path file, Map<String, String> extra) throws IOException {
        Map<String, ScriptModule.Weight> weights = new LinkedHashMap<>();
        Map<String, HostTensor> values = StateLoader.onDemand(network);
        network.state()
                .forEach((name, parameter) ->
                        weights.put(name, new ScriptModule.Weight(values.get(name), Layer.isBuffer(parameter))));
        ModuleClasses classes = new ModuleClasses();
        ScriptModule module = classes.module(type, weights, body.toString());
        Map<String, String> code = new LinkedHashMap<>(Map.of(ScriptModule.NAMESPACE, classes.code()));
        code.putAll(functions.code());
        ScriptFile.write(file, module, code, extra);
    }
}
