package io.github.selfsup4j.hooks.log;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as Python writes them. */
final class Numerals {
    private Numerals() {}

    /** Python's {@code f'{value:.4f}'} for four digits. */
    static String fixed(double value, int digits) {
        return Double.isFinite(value) ? rounded(value, digits).toPlainString() : special(value);
    }

    /** Python's {@code f'{value:.3e}'}. */
    static String scientific(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.3e", value) : special(value);
    }

    /** Python's {@code round(value, digits)}: half-way cases of the exact binary value go to the even digit. */
    static BigDecimal rounded(double value, int digits) {
        return new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN);
    }

    private static String special(double value) {
        return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
    }

    /** Python's {@code str(timedelta(seconds=...))}: {@code 0:01:23}, {@code 2 days, 3:00:00}. */
    static String duration(long seconds) {
        long days = seconds / 86400;
        String time = String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
        return days == 0 ? time : days + (days == 1 ? " day, " : " days, ") + time;
    }
}
