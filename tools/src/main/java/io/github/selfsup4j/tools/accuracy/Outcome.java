package io.github.selfsup4j.tools.accuracy;

import io.github.selfsup4j.config.ConfigException;
import java.util.ArrayList;
import java.util.List;

/** What a classifier told of labelled images. Of equal scores the first class counts as the highest. */
public final class Outcome {
    private final String name;
    private final int classes;
    private final ConfusionMatrix confusion;
    private final List<Integer> ranks = new ArrayList<>();

    Outcome(String name, int classes) {
        this.name = name;
        this.classes = classes;
        this.confusion = new ConfusionMatrix(classes);
    }

    /**
     * Adds a batch.
     *
     * @param scores {@code [batch, classes]}, row by row
     */
    void add(float[] scores, long[] labels) {
        for (int image = 0; image < labels.length; image++) {
            int label = (int) labels[image];
            if (label < 0 || label >= classes) {
                throw ConfigException.of("an image of the test data has the label " + label
                        + ", but the classifier knows 0 to " + (classes - 1));
            }
            int first = image * classes;
            ranks.add(rank(scores, first, label));
            confusion.add(label, highest(scores, first));
        }
    }

    private int rank(float[] scores, int first, int label) {
        int rank = 0;
        for (int i = 0; i < classes; i++) {
            float score = scores[first + i];
            rank += score > scores[first + label] || (score == scores[first + label] && i < label) ? 1 : 0;
        }
        return rank;
    }

    private int highest(float[] scores, int first) {
        int highest = 0;
        for (int i = 1; i < classes; i++) {
            highest = scores[first + i] > scores[first + highest] ? i : highest;
        }
        return highest;
    }

    /** Name of the classifier. */
    public String name() {
        return name;
    }

    /** Number of images. */
    public int images() {
        return ranks.size();
    }

    /** Per cent of images whose label is among the {@code k} highest scores. */
    public double top(int k) {
        return 100.0 * ranks.stream().filter(rank -> rank < k).count() / ranks.size();
    }

    /** What was taken for what. */
    public ConfusionMatrix confusion() {
        return confusion;
    }
}
