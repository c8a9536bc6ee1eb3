package io.github.selfsup4j.imaging.jpeg;

/**
 * Where the samples of a component are, in whole blocks, among those of all components.
 *
 * @param top row of the first sample, in samples of the component
 * @param left column of the first sample
 * @param height number of rows, a multiple of 8
 * @param width number of columns, a multiple of 8
 * @param start place of the first sample
 */
record Plane(int top, int left, int height, int width, int start) {

    /** Place of a sample. */
    int offset(int row, int column) {
        return start + (row - top) * width + column - left;
    }

    /**
     * Place behind the last sample.
     *
     * @throws ArithmeticException if there are more than an array can have
     */
    int end() {
        return Math.addExact(start, Math.multiplyExact(height, width));
    }
}
