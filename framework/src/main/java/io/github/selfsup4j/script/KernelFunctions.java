package io.github.selfsup4j.script;

import io.github.selfsup4j.io.torch.ScriptModule;
import io.github.selfsup4j.nn.Kernel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The texts of kernels as functions, a namespace for each kernel: {@code __torch__.encoder_layer}. */
final class KernelFunctions {
    private final Map<Kernel, String> namespaces = new LinkedHashMap<>();

    /** The full name of a function. */
    String name(Kernel kernel, String function) {
        return namespaces.computeIfAbsent(kernel, this::freeNamespace) + "." + function;
    }

    private String freeNamespace(Kernel kernel) {
        String name = ScriptModule.NAMESPACE + "." + kernel.name();
        String free = name;
        for (int i = 2; namespaces.containsValue(free); i++) {
            free = name + "_" + i;
        }
        return free;
    }

    /** Whether a function gives one tensor, and not several. */
    static boolean givesOneTensor(Kernel kernel, String function) {
        return Pattern.compile("def " + Pattern.quote(function) + "\\(self[^)]*\\) -> Tensor:")
                .matcher(kernel.source())
                .find();
    }

    /** Source text by namespace: what are methods of one object in a kernel, are functions of one file. */
    Map<String, String> code() {
        Map<String, String> code = new LinkedHashMap<>();
        namespaces.forEach((kernel, namespace) -> code.put(
                namespace,
                kernel.source()
                        .replaceAll("\\(self,\\s*", "(")
                        .replace("self.", namespace + ".")
                        .replaceAll("(?m)^  ", "")));
        return code;
    }
}
