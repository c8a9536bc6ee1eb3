package io.github.selfsup4j.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.github.selfsup4j.io.tree.Tree;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Precision;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GradientsTest {
    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final Gradients gradients = new Gradients(new Kernels(manager, Precision.FP32));
    private final ParameterGroup first = Parameters.group("first", manager, 1, 2);
    private final ParameterGroup second = Parameters.group("second", manager, 3);
    private final List<ParameterGroup> groups = List.of(first, second);

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void aParameterThatNeverGotAGradientHasNone() {
        Parameters.addGradient(second, 5);
        List<NDArray> found = gradients.of(groups, manager);
        assertNull(found.get(0));
        assertArrayEquals(new float[] {5}, found.get(1).toFloatArray());
    }

    @Test
    void gradientsAddUpUntilTheyAreCleared() {
        Parameters.addGradient(first, 1, 2);
        Parameters.addGradient(first, 10, 20);
        assertArrayEquals(
                new float[] {11, 22}, gradients.of(groups, manager).get(0).toFloatArray());
        clear();
        assertArrayEquals(
                new float[] {0, 0}, gradients.of(groups, manager).get(0).toFloatArray());
        Parameters.addGradient(first, 3, 4);
        assertArrayEquals(
                new float[] {3, 4}, gradients.of(groups, manager).get(0).toFloatArray());
    }

    @Test
    void clearingForgetsWhatIsNotFinite() {
        Parameters.addGradient(first, Float.NaN, Float.POSITIVE_INFINITY);
        clear();
        assertArrayEquals(
                new float[] {0, 0}, gradients.of(groups, manager).get(0).toFloatArray());
    }

    @ParameterizedTest
    @CsvSource({"2, 6.5, 13", "1, 9.5, 19", ".inf, 6, 12"})
    void clippingScalesAllGradientsByOneNorm(String normType, double maxNorm, double norm) {
        Parameters.addGradient(first, 3, -4);
        Parameters.addGradient(second, 12);
        GradientClip clip =
                clip(maxNorm, normType.equals(".inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(normType));
        List<NDArray> found = gradients.of(groups, manager);
        assertEquals(norm, gradients.clip(found, clip, manager).orElseThrow(), 1e-5);
        assertArrayEquals(new float[] {1.5f, -2}, found.get(0).toFloatArray(), 1e-6f);
        assertArrayEquals(new float[] {6}, found.get(1).toFloatArray(), 1e-6f);
    }

    @Test
    void clippingLeavesSmallGradientsAsTheyAre() {
        Parameters.addGradient(first, 0.3f, -0.4f);
        List<NDArray> found = gradients.of(groups, manager);
        assertEquals(0.5, gradients.clip(found, clip(3, 2), manager).orElseThrow(), 1e-7);
        assertArrayEquals(new float[] {0.3f, -0.4f}, found.get(0).toFloatArray());
    }

    @Test
    void thereIsNoNormWithoutGradients() {
        assertTrue(gradients
                .clip(gradients.of(groups, manager), clip(3, 2), manager)
                .isEmpty());
    }

    @Test
    void scalingTellsWhetherEveryGradientIsFinite() {
        Parameters.addGradient(first, 4, 8);
        assertTrue(gradients.scale(gradients.of(groups, manager), 0.25, manager));
        assertArrayEquals(
                new float[] {1, 2}, gradients.of(groups, manager).get(0).toFloatArray());
        Parameters.addGradient(second, Float.NEGATIVE_INFINITY);
        assertFalse(gradients.scale(gradients.of(groups, manager), 0.25, manager));
    }

    @Test
    void savedGradientsAreRestoredBitForBit() {
        Parameters.addGradient(first, 0.1f, -1e-40f);
        Tree saved = gradients.save(groups, false);
        List<ParameterGroup> others =
                List.of(Parameters.group("first", manager, Float.MAX_VALUE, 7), Parameters.group("second", manager, 8));
        gradients.restore(others, saved);
        assertArrayEquals(
                new float[] {0.1f, -1e-40f},
                gradients.of(others, manager).get(0).toFloatArray());
        assertNull(gradients.of(others, manager).get(1));
    }

    @Test
    void zeroGradientsAreRestoredWithoutBeingStored() {
        Parameters.addGradient(second, 1);
        Tree saved = gradients.save(groups, true);
        assertEquals(Tree.mapping().put("second", Tree.none()).build(), saved);
        List<ParameterGroup> others =
                List.of(Parameters.group("first", manager, 1, 2), Parameters.group("second", manager, 8));
        gradients.restore(others, saved);
        assertNull(gradients.of(others, manager).get(0));
        assertArrayEquals(new float[] {0}, gradients.of(others, manager).get(1).toFloatArray());
    }

    @Test
    void clearedGradientsLeaveParametersAsTheyWere() {
        Parameters.addGradient(first, 3, 4);
        clear();
        assertArrayEquals(new float[] {1, 2}, first.parameter().getArray().toFloatArray());
        assertTrue(first.parameter().getArray().hasGradient());
        assertNull(JniUtils.getGradient((PtNDArray) first.parameter().getArray()));
    }

    private void clear() {
        gradients.of(groups, manager);
        gradients.clear(groups);
    }

    private static GradientClip clip(double maxNorm, double normType) {
        GradientClip clip = new GradientClip();
        clip.maxNorm = maxNorm;
        clip.normType = normType;
        return clip;
    }
}
