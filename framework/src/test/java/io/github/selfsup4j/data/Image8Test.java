package io.github.selfsup4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class Image8Test {
    @Test
    void valuesAreUnsigned() {
        Image8 image = new Image8(1, 2, 3, new byte[] {0, 1, 2, -1, -128, 127});
        assertEquals(255, image.value(0, 1, 0));
        assertEquals(128, image.value(0, 1, 1));
        assertEquals(2, image.value(0, 0, 2));
    }

    @Test
    void greyBecomesColourByRepetition() {
        Image8 grey = new Image8(2, 1, 1, new byte[] {7, -3});
        assertArrayEquals(new byte[] {7, 7, 7, -3, -3, -3}, grey.toRgb().pixels());
        Image8 colour = new Image8(1, 1, 3, new byte[3]);
        assertSame(colour, colour.toRgb());
    }

    @Test
    void refusesSizesThatAreNoPicture() {
        assertThrows(IllegalArgumentException.class, () -> new Image8(0, 5, 3, new byte[0]));
        assertThrows(IllegalArgumentException.class, () -> new Image8(1, 1, 4, new byte[4]));
        assertThrows(IllegalArgumentException.class, () -> new Image8(2, 2, 3, new byte[11]));
        assertThrows(ArithmeticException.class, () -> new Image8(1 << 20, 1 << 20, 3, new byte[0]));
    }
}
