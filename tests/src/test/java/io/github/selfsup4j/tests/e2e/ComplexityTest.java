package io.github.selfsup4j.tests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code count-parameters} and {@code flops}, against numbers worked out by hand and those of the papers. */
class ComplexityTest {
    private static final String MAE = "../configs/selfsup/mae/mae_vit-base-p16_8xb512-coslr-400e_in1k.yaml";
    private static final String RESNET =
            "../configs/benchmarks/classification/imagenet/resnet50_linear-8xb32-steplr-100e_in1k.yaml";

    private static long number(String table, String module, int column) {
        Matcher row = Pattern.compile("(?m)^ *" + Pattern.quote(module) + " +([\\d,]+) +([\\d,]+)(?: +([\\d,]+))?$")
                .matcher(table);
        assertTrue(row.find(), table);
        return Long.parseLong(row.group(column).replace(",", ""));
    }

    @Test
    void aVisionTransformersMultiplyAddsAreThoseOfItsProducts() {
        String table = Selfsup.call("flops", MAE, "--depth", 3).succeeded().out();
        long tokens = 197;
        long dim = 768;
        long layer = tokens * dim * (3 * dim)
                + 2 * tokens * tokens * dim
                + tokens * dim * dim
                + 2 * tokens * dim * (4 * dim)
                + 2 * 5 * tokens * dim;
        assertEquals(layer, number(table, "backbone.layers.7", 3));
        assertEquals(196 * (3 * 16 * 16) * dim, number(table, "backbone.patch_embed", 3));
        assertEquals(12 * layer + 196 * 768 * dim + 5 * tokens * dim, number(table, "backbone", 3));
        assertTrue(table.contains("17.582 GMACs for an image of 224 x 224 through the backbone"), table);
    }

    @Test
    void aResNetsAreThoseOfItsConvolutionsNormsAndClassifier() {
        String table = Selfsup.call("flops", RESNET).succeeded().out();
        // The first block of layer2: 1x1 on 56 x 56, 3x3 with stride 2, 1x1 on 28 x 28 and the shortcut; two for each
        // value of a norm.
        long convolutions =
                256L * 128 * 56 * 56 + 9L * 128 * 128 * 28 * 28 + 128L * 512 * 28 * 28 + 256L * 512 * 28 * 28;
        long norms = 2L * (128 * 56 * 56 + 128 * 28 * 28 + 512 * 28 * 28 + 512 * 28 * 28);
        assertEquals(convolutions + norms, number(table, "backbone.layer2.0", 3));
        assertEquals(2048 * 1000, number(table, "head.fc_cls", 3));
        assertTrue(table.contains("4.111 GMACs"), table);
    }

    @Test
    void parametersAreCountedWithoutMakingThem() {
        String table = Selfsup.call("count-parameters", RESNET).succeeded().out();
        assertEquals(25_557_032, number(table, "Classification", 1));
        assertEquals(2_049_000, number(table, "Classification", 2));
        assertEquals(23_508_032, number(table, "backbone", 1));
        assertEquals(0, number(table, "backbone", 2));
        assertEquals(
                85_798_656,
                number(
                        Selfsup.call("count-parameters", MAE, "--depth", 1)
                                .succeeded()
                                .out(),
                        "backbone",
                        1));
    }
}
