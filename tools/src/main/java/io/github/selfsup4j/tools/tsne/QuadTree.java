package io.github.selfsup4j.tools.tsne;

import java.util.Arrays;

/** Points of the plane in squares of four squares each: far ones can be taken together (Barnes and Hut, 1986). */
final class QuadTree {
    private static final int CHILDREN = 4;
    /** Points that are still together in so small a square count as one. */
    private static final int DEEPEST = 40;

    private final double[] points;
    private double[] sumX = new double[64];
    private double[] sumY = new double[64];
    private int[] count = new int[64];
    private int[] firstChild = new int[64];
    private int nodes = 1;
    private final double left;
    private final double bottom;
    private final double side;

    /** What pushes a point away from all others. */
    static final class Push {
        double x;
        double y;
        /** Sum of {@code 1 / (1 + distance^2)} over all others. */
        double weight;
    }

    /** @param points {@code x0, y0, x1, y1, ...} */
    QuadTree(double[] points) {
        this.points = points;
        double[] xs = coordinates(0);
        double[] ys = coordinates(1);
        left = Arrays.stream(xs).min().orElse(0);
        bottom = Arrays.stream(ys).min().orElse(0);
        side = Math.max(
                        Arrays.stream(xs).max().orElse(0) - left,
                        Arrays.stream(ys).max().orElse(0) - bottom)
                + 1e-9;
        for (int i = 0; i < xs.length; i++) {
            insert(xs[i], ys[i]);
        }
    }

    private double[] coordinates(int axis) {
        double[] values = new double[points.length / 2];
        Arrays.setAll(values, i -> points[2 * i + axis]);
        return values;
    }

    private void insert(double x, double y) {
        int node = 0;
        double fromX = left;
        double fromY = bottom;
        double size = side;
        for (int depth = 0; ; depth++) {
            if (firstChild[node] == 0
                    && count[node] > 0
                    && depth < DEEPEST
                    && (x != sumX[node] / count[node] || y != sumY[node] / count[node])) {
                split(node, fromX, fromY, size);
            }
            sumX[node] += x;
            sumY[node] += y;
            count[node]++;
            if (firstChild[node] == 0) {
                return;
            }
            size /= 2;
            int quarter = quarter(x, y, fromX + size, fromY + size);
            fromX += (quarter & 1) * size;
            fromY += (quarter >> 1) * size;
            node = firstChild[node] + quarter;
        }
    }

    private static int quarter(double x, double y, double middleX, double middleY) {
        return (x >= middleX ? 1 : 0) + (y >= middleY ? 2 : 0);
    }

    /** What a square without children holds is all in one place: it goes into one of its new children. */
    private void split(int node, double fromX, double fromY, double size) {
        if (nodes + CHILDREN > count.length) {
            sumX = Arrays.copyOf(sumX, 2 * sumX.length);
            sumY = Arrays.copyOf(sumY, 2 * sumY.length);
            count = Arrays.copyOf(count, 2 * count.length);
            firstChild = Arrays.copyOf(firstChild, 2 * firstChild.length);
        }
        firstChild[node] = nodes;
        nodes += CHILDREN;
        int child = firstChild[node]
                + quarter(sumX[node] / count[node], sumY[node] / count[node], fromX + size / 2, fromY + size / 2);
        sumX[child] = sumX[node];
        sumY[child] = sumY[node];
        count[child] = count[node];
    }

    /**
     * The push on a point with Student's t kernel.
     *
     * @param theta squares that look smaller than this, side to distance, are taken as one point; 0 for none
     */
    Push push(int point, double theta) {
        Push push = new Push();
        push(0, side, points[2 * point], points[2 * point + 1], theta * theta, push);
        return push;
    }

    private void push(int node, double size, double x, double y, double theta2, Push push) {
        if (count[node] == 0) {
            return;
        }
        double dx = x - sumX[node] / count[node];
        double dy = y - sumY[node] / count[node];
        double distance2 = dx * dx + dy * dy;
        if (firstChild[node] != 0 && size * size >= theta2 * distance2) {
            for (int child = 0; child < CHILDREN; child++) {
                push(firstChild[node] + child, size / 2, x, y, theta2, push);
            }
            return;
        }
        // The point itself is the one at no distance.
        int others = firstChild[node] == 0 && distance2 == 0 ? count[node] - 1 : count[node];
        double kernel = 1 / (1 + distance2);
        push.weight += others * kernel;
        push.x += others * kernel * kernel * dx;
        push.y += others * kernel * kernel * dy;
    }
}
