package io.github.selfsup4j.tools.commands;

import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.io.torch.PthFile;
import io.github.selfsup4j.io.tree.Tree;
import io.github.selfsup4j.io.weights.StateDicts;
import io.github.selfsup4j.tools.arguments.ArgumentChecks;
import io.github.selfsup4j.tools.convert.WeightFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code extract-backbone}: the backbone's weights of a checkpoint (MMSelfSup's {@code extract_backbone_weights.py}).
 */
@Command(
        name = "extract-backbone",
        description = "Writes the backbone's weights of a checkpoint, without their prefix.",
        mixinStandardHelpOptions = true)
public final class ExtractBackboneCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "CHECKPOINT", description = "A checkpoint of a run.")
    Path checkpoint;

    @Parameters(
            index = "1",
            paramLabel = "OUT",
            description = "File to write: .pth as MMSelfSup has it, or .safetensors or .npz.")
    Path out;

    @Option(
            names = "--prefix",
            defaultValue = "backbone.",
            description = "What the names start with (default ${DEFAULT-VALUE}).")
    String prefix;

    @Override
    public Integer call() throws Exception {
        WeightFile format = WeightFile.of(out);
        Map<String, HostTensor> weights = StateDicts.load(ArgumentChecks.existing(checkpoint));
        Map<String, HostTensor> backbone = StateDicts.withPrefix(weights, prefix, checkpoint.toString());
        ArgumentChecks.writable(out);
        if (format == WeightFile.PTH) {
            PthFile.write(
                    out,
                    Tree.mapping()
                            .put("state_dict", Tree.stateDict(backbone))
                            .put("author", "Selfsup4J")
                            .build());
        } else {
            format.write(out, backbone);
        }
        return 0;
    }
}
