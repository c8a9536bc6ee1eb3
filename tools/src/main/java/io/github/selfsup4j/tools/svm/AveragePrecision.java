package io.github.selfsup4j.tools.svm;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Area under the curve of precision over recall, the precision made to fall (VOC's way since 2010). */
public final class AveragePrecision {
    private AveragePrecision() {}

    /**
     * The average precision of scores.
     *
     * @param targets 1 where the class is, 0 where it is not, {@link Targets#IGNORED} where that is not to count
     * @return from 0 to 1; NaN if the class is nowhere
     */
    public static double of(double[] scores, int[] targets) {
        int[] order = IntStream.range(0, scores.length)
                .filter(i -> targets[i] != Targets.IGNORED)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -scores[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        long positives = IntStream.of(order).filter(i -> targets[i] == 1).count();
        double area = 0;
        double best = 0;
        long found = positives;
        for (int rank = order.length; rank > 0; rank--) {
            if (targets[order[rank - 1]] == 1) {
                best = Math.max(best, (double) found / rank);
                area += best / positives;
                found--;
            }
        }
        return positives == 0 ? Double.NaN : area;
    }
}
