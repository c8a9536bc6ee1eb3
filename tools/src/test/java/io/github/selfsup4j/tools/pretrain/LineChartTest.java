package io.github.selfsup4j.tools.pretrain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LineChartTest {
    private static String svg(Map<Double, Double> points, boolean fromZero) {
        return new LineChart("loss", "#123456", new TreeMap<>(points), fromZero, true).svg();
    }

    @Test
    void pointsLieBetweenRoundNumbersOfTheAxes() {
        String svg = svg(Map.of(0.0, 10.0, 5.0, 35.0, 10.0, 60.0), true);
        assertTrue(svg.contains("points=\"58.0,194.0 282.0,114.0 506.0,34.0\""), svg);
        for (String label : new String[] {">0<", ">20<", ">40<", ">60<", ">10<", ">epochs<", ">loss<"}) {
            assertTrue(svg.contains(label), label);
        }
        assertTrue(svg.contains("<title>epoch 5: 35.00</title>"), svg);
    }

    @Test
    void onePointOrNoneIsNoProblem() {
        assertFalse(svg(Map.of(1.0, 2.0), false).contains("NaN"));
        assertFalse(svg(Map.of(), false).contains("NaN"));
        assertEquals(1, svg(Map.of(1.0, 0.0), false).split("<circle", -1).length - 1);
    }

    @Test
    void smallNumbersAreWrittenInPowersOfTen() {
        assertTrue(svg(Map.of(0.0, 0.0, 1.0, 2e-4), true).contains(">2.0e-04<"));
    }
}
