package io.github.selfsup4j.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.selfsup4j.io.tensor.ElementType;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.io.torch.PthFile;
import io.github.selfsup4j.io.tree.Tree;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that PyTorch wrote. */
class PyTorchFilesTest {
    @ParameterizedTest
    @ValueSource(strings = {"types.pth", "legacy_types.pth"})
    void readsEveryElementType(String name) throws IOException {
        Map<String, HostTensor> tensors = PthFile.read(TestFiles.path(name)).asTensors();

        for (ElementType type : ElementType.values()) {
            HostTensor tensor = tensors.get(type.torchName());
            assertEquals(type, tensor.type());
            double[] expected = type == ElementType.BOOL
                    ? new double[] {1, 0, 1}
                    : new double[] {0, 1, type.isFloating() ? 2.5 : 2, 100};
            assertArrayEquals(expected, tensor.toDoubles(), type.name());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"views.pth", "legacy_views.pth"})
    void readsViewsOfOneStorageAsTheTensorsTheyAre(String name) throws IOException {
        Tree views = PthFile.read(TestFiles.path(name));

        assertArrayEquals(new int[] {20, 21, 22, 23}, views.asTensor("tail").toInts());
        assertArrayEquals(new int[] {2, 8, 14, 20}, views.asTensor("column").toInts());
        assertArrayEquals(new int[] {1, 6, 11, 16, 21}, views.asTensor("step").toInts());
        assertArrayEquals(new int[] {3}, views.asTensor("size_one").toInts());
        assertArrayEquals(new long[] {6, 4}, views.asTensor("transposed").shape());
        assertArrayEquals(
                new int[] {0, 6, 12, 18, 1, 7, 13, 19, 2, 8, 14, 20, 3, 9, 15, 21, 4, 10, 16, 22, 5, 11, 17, 23},
                views.asTensor("transposed").toInts());
        assertArrayEquals(
                new int[] {0, 4, 8, 12, 16, 20, 1, 5, 9, 13, 17, 21, 2, 6, 10, 14, 18, 22, 3, 7, 11, 15, 19, 23},
                views.asTensor("permuted").toInts());
        int[] channelsLast = views.asTensor("channels_last").toInts();
        for (int i = 0; i < 48; i++) {
            assertEquals(i, channelsLast[i]);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"views.pth", "legacy_views.pth"})
    void readsRepeatedEmptyAndScalarTensors(String name) throws IOException {
        Tree views = PthFile.read(TestFiles.path(name));

        assertEquals(HostTensor.of(new int[] {7, 7, 7, 8, 8, 8}, 2, 3), views.asTensor("expanded"));
        assertEquals(HostTensor.scalar(3.5), views.asTensor("scalar"));
        assertEquals(HostTensor.of(new float[0], 0, 3), views.asTensor("empty"));
        assertEquals(HostTensor.of(new float[0], 0, 4), views.asTensor("empty_step"));
        assertArrayEquals(new int[] {1, 2, 3}, views.asTensor("whole_storage").toInts());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5})
    void readsPlainValuesOfEveryPickleProtocol(int protocol) throws IOException {
        Tree values = PthFile.read(TestFiles.path("values_protocol" + protocol + ".pth"));

        assertEquals(
                List.of("weight", "bias", "running_mean", "running_var", "num_batches_tracked"),
                List.copyOf(values.asTensors("state_dict").keySet()));
        assertTrue(values.asMapping("state_dict").isOrderedDict());
        assertEquals(HostTensor.of(new float[] {1, 2}, 2), values.asTensor("parameter"));
        assertEquals(3, values.asLong("optimizer", "state", 0, "step"));
        assertEquals(0.999, values.asDouble("optimizer", "param_groups", 0, "betas", 1));
        assertEquals(
                wholeNumbers(
                        0,
                        255,
                        256,
                        65535,
                        65536,
                        -1,
                        Integer.MAX_VALUE,
                        Integer.MIN_VALUE,
                        1L << 31,
                        Long.MAX_VALUE,
                        Long.MIN_VALUE),
                values.at("ints"));
        assertEquals(Tree.list(Tree.of(0.1), Tree.of(Double.POSITIVE_INFINITY), Tree.of(-0.0)), values.at("floats"));
        assertEquals(
                Tree.list(Tree.of(""), Tree.of("Grüße"), Tree.of("世界 🌍"), Tree.of("x".repeat(300))),
                values.at("texts"));
        assertEquals(new Tree.Bytes("\0\u007f\u0080\u00ff"), values.at("bytes"));
        assertEquals(Tree.none(), values.at("none"));
        assertEquals(Tree.list(Tree.of(true), Tree.of(false)), values.at("bools"));
        assertEquals(Tree.tuple(Tree.of(1), Tree.of(2), Tree.of(3), Tree.of(4)), values.at("tuples", 4));
        assertEquals(Tree.tuple(), values.at("tuples", 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5})
    void readsWhatHasNoPlainValueAsTheNearestOne(int protocol) throws IOException {
        Tree values = PthFile.read(TestFiles.path("values_protocol" + protocol + ".pth"));

        assertEquals(Tree.tuple(Tree.of(2), Tree.of(3)), values.at("size"));
        assertEquals(Tree.mapping().put(30, Tree.of(1)).put(60, Tree.of(2)).build(), values.at("counter"));
        assertEquals(wholeNumbers(1), values.at("default", "a"));
        assertEquals(wholeNumbers(5), values.at("set"));
        assertEquals("torch.float16", values.asText("dtype"));
        assertEquals("cpu", values.asText("device"));
    }

    @ParameterizedTest
    @CsvSource({"module.pth,torch.nn.modules.linear.Linear", "complex.pth,torch.ComplexFloatStorage"})
    void refusesWhatIsNoPlainCheckpoint(String name, String words) throws IOException {
        Refusal.assertRefuses(PthFile::read, TestFiles.path(name), words);
    }

    private static Tree wholeNumbers(long... values) {
        return Tree.list(Arrays.stream(values).mapToObj(Tree::of).toList());
    }
}
