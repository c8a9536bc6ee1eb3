package io.github.selfsup4j.plugins.classification;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.nn.Draws;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Pass;
import io.github.selfsup4j.nn.Precision;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MultiClsHeadTest {
    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final Kernels kernels = new Kernels(manager, Precision.FP32);
    private final MultiClsHead.Config config = new MultiClsHead.Config();

    @AfterEach
    void close() {
        manager.close();
    }

    private MultiClsHead head() {
        config.numClasses = 3;
        MultiClsHead head = new MultiClsHead(config, kernels);
        head.initialize(manager);
        return head;
    }

    private Pass training() {
        return Pass.training(manager, Draws.from(RandomStream.of(0)));
    }

    /** The feature maps of a stage for images of 224 by 224. */
    private NDArray maps(int stage) {
        int[] channels = {64, 256, 512, 1024, 2048};
        return manager.randomNormal(new Shape(2, channels[stage], 112 >> stage, 112 >> stage));
    }

    @Test
    void windowsOfFixedSizeLeaveAsManyNumbersAsTheGrids() {
        for (MultiClsHead.PoolType type : MultiClsHead.PoolType.values()) {
            config.poolType = type;
            config.inIndices = new int[] {0, 1, 2, 3, 4};
            NDList features = new NDList(maps(0), maps(1), maps(2), maps(3), maps(4));
            NDList scores = head().scores(features, training());
            assertEquals(5, scores.size());
            scores.forEach(score -> assertEquals(new Shape(2, 3), score.getShape()));
        }
    }

    @Test
    void theLastStageCanBeClassifiedWithoutPooling() {
        config.inIndices = new int[] {4};
        config.withLastLayerUnpool = true;
        MultiClsHead head = head();
        assertEquals(
                new Shape(3, 2048 * 7 * 7),
                head.namedParameters().get("fcs.1.weight").getArray().getShape());
        assertEquals(2, head.scores(new NDList(maps(4)), training()).size());
    }

    @Test
    void withoutNormsEqualMapsGiveEqualScores() {
        config.normCfg = new HeadNorm(Optional.empty());
        MultiClsHead head = head();
        assertEquals(
                List.of("fcs.0.weight", "fcs.0.bias"), List.copyOf(head.state().keySet()));
        NDArray map = maps(0);
        assertArrayEquals(
                head.scores(new NDList(map), training()).get(0).toFloatArray(),
                head.scores(new NDList(map), Pass.evaluation(manager)).get(0).toFloatArray());
    }

    @Test
    void tellsThatTheBackboneGivesOtherStages() {
        config.inIndices = new int[] {0, 1};
        MultiClsHead head = head();
        String told = assertThrows(IllegalArgumentException.class, () -> head.scores(new NDList(maps(4)), training()))
                .getMessage();
        assertTrue(told.contains("2 stages") && told.contains("gives 1") && told.contains("out_indices"), told);
    }
}
