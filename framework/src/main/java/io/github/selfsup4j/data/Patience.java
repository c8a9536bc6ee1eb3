package io.github.selfsup4j.data;

import java.util.concurrent.TimeUnit;

/** Waits for what should end soon: not for ever, and not less for an interrupt. */
final class Patience {
    private static final long NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Something that may take a while. */
    interface Waiting {
        /**
         * Waits.
         *
         * @param nanosLeft at most this long
         * @return whether it came to its end
         */
        boolean await(long nanosLeft) throws InterruptedException;
    }

    private Patience() {}

    /**
     * Waits five seconds at most; an interrupt meanwhile is put off until then.
     *
     * @return whether it came to its end
     */
    static boolean await(Waiting waiting) {
        long end = System.nanoTime() + NANOS;
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return waiting.await(Math.max(0, end - System.nanoTime()));
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
