package io.github.selfsup4j.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what a misspelt name was meant to be. */
final class Spelling {
    /** Names longer than this are no typing mistakes, and comparing them would take long. */
    private static final int LONGEST = 100;

    /** More names than these are no vocabulary. */
    private static final int MOST = 300;

    private Spelling() {}

    /** A valid name and how far it is from what was found. */
    private record Guess(String name, int distance) {}

    /** The closest valid name; one mistake in three letters is still close, case and separators count nothing. */
    static Optional<String> nearest(String found, Collection<String> valid) {
        if (found.length() > LONGEST) {
            return Optional.empty();
        }
        String meant = letters(found);
        return valid.stream()
                .limit(MOST)
                .flatMap(name -> guess(meant, name).stream())
                .min(Comparator.comparingInt(Guess::distance).thenComparing(Guess::name))
                .map(Guess::name);
    }

    private static Optional<Guess> guess(String meant, String name) {
        String letters = letters(name);
        int allowed = Math.max(meant.length(), letters.length()) / 3;
        if (letters.length() > LONGEST || Math.abs(meant.length() - letters.length()) > allowed) {
            return Optional.empty();
        }
        return Optional.of(new Guess(name, distance(meant, letters))).filter(guess -> guess.distance() <= allowed);
    }

    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    }

    /** Insertions, deletions, replacements and swaps of neighbours that turn one word into the other. */
    static int distance(String a, String b) {
        int[][] steps = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                steps[i][j] = i == 0 || j == 0 ? i + j : step(a, b, i, j, steps);
            }
        }
        return steps[a.length()][b.length()];
    }

    private static int step(String a, String b, int i, int j, int[][] steps) {
        int replaced = steps[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replaced, 1 + Math.min(steps[i - 1][j], steps[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, steps[i - 2][j - 2] + 1) : least;
    }
}
