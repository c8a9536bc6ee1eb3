package io.github.selfsup4j.tools.pretrain;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A curve as a drawing of a page ({@code <svg>}).
 *
 * @param title above it
 * @param color of the line, as CSS has it
 * @param points y by x, in order
 * @param fromZero whether the axis begins at 0
 * @param dots whether every point is marked
 */
record LineChart(String title, String color, Map<Double, Double> points, boolean fromZero, boolean dots) {
    private static final int WIDTH = 520;
    private static final int HEIGHT = 260;
    private static final int LEFT = 58;
    private static final int RIGHT = 14;
    private static final int TOP = 34;
    private static final int BOTTOM = 34;
    private static final int TICKS = 5;

    /** The drawing. */
    String svg() {
        Axis x = Axis.of(least(points.keySet(), 0), greatest(points.keySet()), false);
        Axis y = Axis.of(fromZero ? 0 : least(points.values(), 0), greatest(points.values()), true);
        StringBuilder svg = new StringBuilder(format(
                "<svg class=\"chart\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n", WIDTH, HEIGHT, title));
        svg.append(format("<text class=\"title\" x=\"%d\" y=\"18\">%s</text>%n", LEFT, title));
        for (double tick : y.ticks()) {
            double height = down(y, tick);
            svg.append(format(
                    "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>",
                    LEFT, WIDTH - RIGHT, height, height));
            svg.append(format(
                    "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n", LEFT - 8, height + 4, label(tick)));
        }
        for (double tick : x.ticks()) {
            svg.append(format(
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>%n",
                    across(x, tick), HEIGHT - BOTTOM + 18, label(tick)));
        }
        svg.append(format("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">epochs</text>%n", WIDTH - RIGHT, HEIGHT - 2));
        List<String> corners = new ArrayList<>();
        points.forEach((at, value) -> corners.add(format("%.1f,%.1f", across(x, at), down(y, value))));
        svg.append(format("<polyline points=\"%s\" stroke=\"%s\"/>%n", String.join(" ", corners), color));
        points.forEach((at, value) -> svg.append(dot(x, y, at, value)));
        return svg.append("</svg>").toString();
    }

    private static double least(Collection<Double> values, double ofNone) {
        return values.stream().mapToDouble(Double::doubleValue).min().orElse(ofNone);
    }

    private static double greatest(Collection<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }

    /** A mark, or a place that only tells its numbers under the pointer. */
    private String dot(Axis x, Axis y, double at, double value) {
        return format(
                "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%d\" fill=\"%s\"><title>epoch %s: %s</title></circle>%n",
                across(x, at),
                down(y, value),
                dots ? 4 : 5,
                dots ? color : "transparent",
                label(Math.round(at * 100) / 100.0),
                format("%.4g", value));
    }

    private static double across(Axis axis, double value) {
        return LEFT + axis.share(value) * (WIDTH - LEFT - RIGHT);
    }

    private static double down(Axis axis, double value) {
        return HEIGHT - BOTTOM - axis.share(value) * (HEIGHT - TOP - BOTTOM);
    }

    private static String label(double value) {
        if (value != 0 && Math.abs(value) < 1e-3) {
            return format("%.1e", value);
        }
        return format("%.4f", value).replaceFirst("\\.?0+$", "");
    }

    /** From the least to the greatest value, with round numbers at even distances. */
    private record Axis(double low, double high, double step) {
        /** @param wholeSteps whether the axis begins and ends at a round number */
        static Axis of(double least, double greatest, boolean wholeSteps) {
            double range = greatest > least ? greatest - least : Math.max(Math.abs(least), 1e-9);
            double power = Math.pow(10, Math.floor(Math.log10(range / TICKS)));
            double step = power * (range / TICKS / power <= 2 ? 2 : range / TICKS / power <= 5 ? 5 : 10);
            double end = least + range;
            return wholeSteps
                    ? new Axis(Math.floor(least / step) * step, Math.ceil(end / step) * step, step)
                    : new Axis(least, end, step);
        }

        double share(double value) {
            return (value - low) / (high - low);
        }

        List<Double> ticks() {
            List<Double> ticks = new ArrayList<>();
            for (long i = (long) Math.ceil(low / step - 1e-6); i * step <= high + 1e-6 * step; i++) {
                ticks.add(i * step);
            }
            return ticks;
        }
    }
}
