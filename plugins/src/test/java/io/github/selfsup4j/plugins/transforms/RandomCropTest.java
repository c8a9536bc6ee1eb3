package io.github.selfsup4j.plugins.transforms;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.github.selfsup4j.data.Image8;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.data.Sample;
import io.github.selfsup4j.data.Size;
import io.github.selfsup4j.imaging.Padding;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RandomCropTest {
    private static final Image8 PICTURE = new Image8(2, 3, 1, new byte[] {1, 2, 3, 4, 5, 6});

    private final RandomCrop.Config config = new RandomCrop.Config();
    private final RandomStream random = mock(RandomStream.class);

    @BeforeEach
    void size() {
        config.size = new Size(2, 2);
    }

    private Image8 crop() {
        Sample sample = new Sample();
        sample.put("img", PICTURE);
        new RandomCrop(config).apply(sample, random);
        return sample.image("img");
    }

    @Test
    void theRowIsDrawnBeforeTheColumn() {
        config.padding = new Padding(1, 1, 1, 1);
        when(random.randint(0, 2)).thenReturn(2);
        when(random.randint(0, 3)).thenReturn(1);
        assertArrayEquals(new byte[] {4, 5, 0, 0}, crop().pixels());
    }

    @Test
    void aPictureOfThatSizeDrawsNothing() {
        config.size = new Size(2, 3);
        assertArrayEquals(PICTURE.pixels(), crop().pixels());
        verifyNoInteractions(random);
    }

    @Test
    void whatIsMissingIsPutOnBothSidesIfAskedFor() {
        config.size = new Size(3, 3);
        assertThrows(IllegalArgumentException.class, this::crop);
        config.padIfNeeded = true;
        config.fill = 9;
        when(random.randint(anyInt(), anyInt())).thenReturn(0);
        assertArrayEquals(new byte[] {9, 9, 9, 1, 2, 3, 4, 5, 6}, crop().pixels());
        assertEquals(3, crop().height());
    }
}
