package io.github.selfsup4j.tools.pictures;

import java.awt.Color;

/** A colour for every class. */
public final class Palette {
    /** What has no label. */
    public static final Color NONE = new Color(0x9e9e9e);

    private static final int[] TABLEAU = {
        0x4e79a7, 0xf28e2b, 0xe15759, 0x76b7b2, 0x59a14f, 0xedc948, 0xb07aa1, 0xff9da7, 0x9c755f, 0x5f5f5f, 0x1b9e9e,
        0xd4a6c8, 0x86bcb6, 0xb6992d, 0x499894, 0x8cd17d, 0xf1ce63, 0xd37295, 0xfabfd2, 0xa0cbe8
    };
    private static final float GOLDEN = 0.618034f;

    private Palette() {}

    /** The colour of a class. */
    public static Color of(long label) {
        if (label < 0) {
            return NONE;
        }
        return label < TABLEAU.length
                ? new Color(TABLEAU[(int) label])
                : Color.getHSBColor(label * GOLDEN, 0.65f, 0.75f);
    }

    /** The colour of a class as pages have it. */
    public static String hex(long label) {
        return String.format("#%06x", of(label).getRGB() & 0xffffff);
    }
}
