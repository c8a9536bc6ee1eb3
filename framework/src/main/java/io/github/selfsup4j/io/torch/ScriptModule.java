package io.github.selfsup4j.io.torch;

import io.github.selfsup4j.io.tensor.HostTensor;
import java.util.Map;

/**
 * An object of TorchScript ({@code torch.jit.ScriptModule}), in evaluation mode.
 *
 * @param type the name of its class, which the code of the file defines in {@link #NAMESPACE}
 * @param tensors its own parameters and buffers by name
 * @param children modules below it by name
 */
public record ScriptModule(String type, Map<String, Weight> tensors, Map<String, ScriptModule> children) {
    /** Where the classes of modules are, and the functions of code are below. */
    public static final String NAMESPACE = "__torch__";

    /**
     * A tensor of a module.
     *
     * @param value its value; no gradient is wanted
     * @param isBuffer whether PyTorch shall see a buffer, and not a parameter
     */
    public record Weight(HostTensor value, boolean isBuffer) {}
}
