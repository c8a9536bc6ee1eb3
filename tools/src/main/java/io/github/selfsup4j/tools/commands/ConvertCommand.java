package io.github.selfsup4j.tools.commands;

import io.github.selfsup4j.io.weights.StateDicts;
import io.github.selfsup4j.tools.arguments.ArgumentChecks;
import io.github.selfsup4j.tools.convert.WeightFile;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code convert}: weights from one file format to another. */
@Command(
        name = "convert",
        description =
                "Converts weights between .pth, .safetensors and .npz. Of a checkpoint it takes the state dict, names unchanged.",
        mixinStandardHelpOptions = true)
public final class ConvertCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "FROM", description = "File to read; its format is told by its content.")
    Path from;

    @Parameters(
            index = "1",
            paramLabel = "TO",
            description = "File to write; its format is told by its ending. In .npz, bfloat16 becomes float32.")
    Path to;

    @Override
    public Integer call() throws Exception {
        WeightFile format = WeightFile.of(to);
        format.write(ArgumentChecks.writable(to), StateDicts.load(ArgumentChecks.existing(from), List.of()));
        return 0;
    }
}
