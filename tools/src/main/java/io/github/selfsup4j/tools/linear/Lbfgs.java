package io.github.selfsup4j.tools.linear;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Minimises a smooth function by the limited-memory method of Broyden, Fletcher, Goldfarb and Shanno (Nocedal and
 * Wright, "Numerical Optimization", algorithm 7.5), with steps that shrink until the function falls enough.
 */
public final class Lbfgs {
    private static final int MEMORY = 10;
    private static final double ENOUGH = 1e-4;
    private static final int SHORTEST = 30;

    /** A function with its gradient. */
    @FunctionalInterface
    public interface Objective {
        /**
         * The value at a point.
         *
         * @param gradient is filled
         */
        double evaluate(double[] point, double[] gradient);
    }

    /**
     * Where the search ended.
     *
     * @param point the place
     * @param value the function there
     * @param iterations number of steps
     */
    public record Minimum(double[] point, double value, int iterations) {}

    private record Pair(double[] step, double[] change, double inverse) {}

    private final int iterations;
    private final double tolerance;

    /**
     * A search.
     *
     * @param iterations steps at most
     * @param tolerance ends when a step lowers the function by less than this part of it
     */
    public Lbfgs(int iterations, double tolerance) {
        this.iterations = iterations;
        this.tolerance = tolerance;
    }

    /** Searches from a place. */
    public Minimum minimise(Objective objective, double[] start) {
        double[] point = start.clone();
        double[] gradient = new double[point.length];
        double value = objective.evaluate(point, gradient);
        Deque<Pair> pairs = new ArrayDeque<>();
        int done = 0;
        while (done < iterations && dot(gradient, gradient) > 0) {
            double[] direction = direction(gradient, pairs);
            double slope = dot(gradient, direction);
            double length = pairs.isEmpty() ? 1 / Math.max(1, Math.sqrt(dot(gradient, gradient))) : 1;
            double[] next = new double[point.length];
            double[] nextGradient = new double[point.length];
            double nextValue = Double.POSITIVE_INFINITY;
            for (int shrunk = 0; shrunk < SHORTEST && !(nextValue <= value + ENOUGH * length * slope); shrunk++) {
                length = shrunk == 0 ? length : length / 2;
                for (int i = 0; i < point.length; i++) {
                    next[i] = point[i] + length * direction[i];
                }
                nextValue = objective.evaluate(next, nextGradient);
            }
            if (!(nextValue < value)) {
                break;
            }
            remember(pairs, point, next, gradient, nextGradient);
            double fall = value - nextValue;
            point = next;
            gradient = nextGradient;
            value = nextValue;
            done++;
            if (fall < tolerance * Math.max(Math.abs(value), 1e-12)) {
                break;
            }
        }
        return new Minimum(point, value, done);
    }

    /** The two loops over the remembered steps. */
    private static double[] direction(double[] gradient, Deque<Pair> pairs) {
        double[] direction = gradient.clone();
        double[] weights = new double[pairs.size()];
        int i = 0;
        for (Pair pair : pairs) {
            weights[i] = pair.inverse * dot(pair.step, direction);
            add(direction, pair.change, -weights[i++]);
        }
        if (!pairs.isEmpty()) {
            Pair last = pairs.peekFirst();
            double scale = 1 / (last.inverse * dot(last.change, last.change));
            for (int j = 0; j < direction.length; j++) {
                direction[j] *= scale;
            }
        }
        for (Iterator<Pair> oldestFirst = pairs.descendingIterator(); oldestFirst.hasNext(); ) {
            Pair pair = oldestFirst.next();
            add(direction, pair.step, weights[--i] - pair.inverse * dot(pair.change, direction));
        }
        for (int j = 0; j < direction.length; j++) {
            direction[j] = -direction[j];
        }
        return direction;
    }

    /** The newest first. A step along which the slope did not rise says nothing of the curvature. */
    private static void remember(Deque<Pair> pairs, double[] from, double[] to, double[] before, double[] after) {
        double[] step = to.clone();
        double[] change = after.clone();
        add(step, from, -1);
        add(change, before, -1);
        double curvature = dot(step, change);
        if (curvature > 1e-10 * dot(change, change)) {
            pairs.addFirst(new Pair(step, change, 1 / curvature));
        }
        if (pairs.size() > MEMORY) {
            pairs.removeLast();
        }
    }

    private static void add(double[] to, double[] values, double factor) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * values[i];
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
