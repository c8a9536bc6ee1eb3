package io.github.selfsup4j.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.selfsup4j.io.numpy.Npz;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.io.torch.PthFile;
import io.github.selfsup4j.io.tree.Tree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lets PyTorch and NumPy read what this package writes, where a {@code python3} has them. */
class PyTorchInteropTest {
    private static final List<String> PYTHONS = List.of("python3", "/usr/bin/python3");
    private static String python;

    @TempDir
    Path folder;

    private static String run(String script, Path... files) throws IOException, InterruptedException {
        return run(python, script, files);
    }

    private static String run(String python, String script, Path... files) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(python, "-c", script));
        Stream.of(files).forEach(file -> command.add(file.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        return process.waitFor() == 0 ? output : "exit code " + process.exitValue() + ": " + output;
    }

    @BeforeAll
    static void needsPyTorch() throws InterruptedException {
        python = null;
        for (String candidate : PYTHONS) {
            if (python == null && hasPyTorch(candidate)) {
                python = candidate;
            }
        }
        assumeTrue(python != null, "no python3 with torch and numpy");
    }

    private static boolean hasPyTorch(String candidate) throws InterruptedException {
        try {
            return run(candidate, "import torch, numpy; print('there')").equals("there");
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void pyTorchReadsACheckpointAsWritten() throws IOException, InterruptedException {
        Path ours = folder.resolve("ours.pth");
        Path theirs = folder.resolve("theirs.pth");
        PthFile.write(ours, Trees.everyKind());

        String result = run("""
                import collections, sys, torch
                tree = torch.load(sys.argv[1], map_location='cpu')
                assert type(tree) is dict and type(tree['state_dict']) is collections.OrderedDict
                assert tree['meta']['bytes'] == b'\\x00\\x7f\\x80\\xff'
                assert tree['state_dict']['a.bfloat16'].dtype is torch.bfloat16
                assert tree['state_dict']['empty'].shape == (4, 0)
                torch.save(tree, sys.argv[2])
                """, ours, theirs);

        assertEquals("", result);
        assertEquals(Trees.everyKind(), PthFile.read(theirs));
    }

    /** PyTorch 1.13's restricted reader knows no floating-point numbers yet; 2.0 and later do. */
    @Test
    void pyTorchReadsACheckpointWithWeightsOnly() throws IOException, InterruptedException {
        Path file = folder.resolve("weights.pth");
        PthFile.write(
                file,
                Tree.mapping()
                        .put("state_dict", Tree.stateDict(Trees.everyType()))
                        .put(
                                "meta",
                                Tree.mapping()
                                        .put("epoch", 3)
                                        .put("iter", 1L << 40)
                                        .put("name", "cae")
                                        .put("x", Tree.none())
                                        .put("flags", Tree.list(Tree.of(true), Tree.of(-5), Tree.of(300)))
                                        .put("pair", Tree.tuple(Tree.of(1), Tree.of(2)))
                                        .build())
                        .put(
                                "optimizer",
                                Tree.mapping()
                                        .put(
                                                "state",
                                                Tree.mapping()
                                                        .put(0, Tree.mapping().build())
                                                        .build())
                                        .build())
                        .build());

        String result = run("""
                import sys, torch
                tree = torch.load(sys.argv[1], weights_only=True)
                print(tree['meta'], tree['optimizer'], tree['state_dict']['scalar'].item(), tree['state_dict']['a.int16'].tolist())
                """, file);

        assertEquals(
                "{'epoch': 3, 'iter': 1099511627776, 'name': 'cae', 'x': None, 'flags': [True, -5, 300], 'pair': (1, 2)}"
                        + " {'state': {0: {}}} 3.5 [[2049, 5647, 9245], [12843, 16441, 20039]]",
                result);
    }

    @Test
    void pyTorchSharesATensorThatOccursTwice() throws IOException, InterruptedException {
        Path file = folder.resolve("shared.pth");
        Tree shared = Tree.of(HostTensor.of(new float[] {1, 2}, 2));
        PthFile.write(file, Tree.list(shared, shared));

        assertEquals("True", run("""
                import sys, torch
                a, b = torch.load(sys.argv[1])
                print(a.data_ptr() == b.data_ptr())
                """, file));
    }

    @Test
    void numPyReadsArraysAsWritten() throws IOException, InterruptedException {
        Path ours = folder.resolve("ours.npz");
        Path theirs = folder.resolve("theirs.npz");
        Map<String, HostTensor> arrays = new LinkedHashMap<>(Trees.everyType());
        arrays.remove("a.bfloat16");
        Npz.write(ours, arrays);

        assertEquals(
                "",
                run("import sys, numpy; numpy.savez_compressed(sys.argv[2], **numpy.load(sys.argv[1]))", ours, theirs));
        assertEquals(arrays, Npz.read(theirs));
    }
}
