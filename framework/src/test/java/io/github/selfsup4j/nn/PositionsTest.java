package io.github.selfsup4j.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.selfsup4j.data.Size;
import io.github.selfsup4j.io.numpy.Npz;
import io.github.selfsup4j.io.tensor.HostTensor;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PositionsTest {
    private static Map<String, HostTensor> reference(String file) throws IOException {
        try {
            return Npz.read(Path.of(PositionsTest.class.getResource(file).toURI()));
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "h14_w14_dim64_cls1_t10000,14,14,64,true,10000",
        "h4_w7_dim16_cls0_t10000,4,7,16,false,10000",
        "h3_w2_dim8_cls1_t100,3,2,8,true,100"
    })
    void sineCosineTablesEqualTheReference(
            String name, int height, int width, int dim, boolean classToken, float temperature) throws IOException {
        assertArrayEquals(
                reference("sincos_position_embedding.npz").get(name).toFloats(),
                SinCosPositions.table(height, width, dim, temperature, classToken),
                1e-5f);
    }

    @ParameterizedTest
    @CsvSource({"BICUBIC,6,6", "BICUBIC,3,5", "BILINEAR,6,6", "BILINEAR,3,5"})
    void resizedTablesEqualTheReference(PositionTable.Interpolation interpolation, int height, int width)
            throws IOException {
        Map<String, HostTensor> reference = reference("resize_pos_embed.npz");
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            NDArray table = manager.create(reference.get("pos_embed_4x4").toFloats(), new Shape(1, 17, 8));
            NDArray resized = new PositionTable(new Kernels(manager, Precision.FP32))
                    .resize(table, Size.square(4), new Size(height, width), interpolation, 1);
            float[] expected = reference
                    .get(interpolation.name().toLowerCase(Locale.ROOT) + "_" + height + "x" + width)
                    .toFloats();
            assertArrayEquals(expected, resized.toFloatArray(), 1e-5f);
        }
    }

    @Test
    void aTableOfAnotherSizeIsRefused() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            PositionTable table = new PositionTable(new Kernels(manager, Precision.FP32));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> table.resize(
                            manager.zeros(new Shape(1, 18, 8)),
                            Size.square(4),
                            Size.square(5),
                            PositionTable.Interpolation.BICUBIC,
                            1));
        }
    }
}
