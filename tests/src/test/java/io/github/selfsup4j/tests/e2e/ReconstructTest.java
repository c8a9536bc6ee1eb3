package io.github.selfsup4j.tests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code reconstruct} on models that were trained for an epoch. */
class ReconstructTest {
    private static final int SIDE = 28;
    /** Pictures of 32 x 32 are shown at four times their size, eight pixels apart, the first below the titles. */
    private static final int SHOWN = 128;

    private static final int GAP = 8;
    private static final int TOP = 28;

    @TempDir
    Path folder;

    private Path images;

    @BeforeEach
    void drawPictures() throws IOException {
        images = Files.createDirectories(folder.resolve("pictures"));
        for (int i = 0; i < 2; i++) {
            BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
            for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
                picture.setRGB(pixel % SIDE, pixel / SIDE, pixel % SIDE / 4 % 2 == i ? 0xd0d0d0 : 0x303030);
            }
            ImageIO.write(picture, "png", images.resolve(i + ".png").toFile());
        }
    }

    @Test
    void maeShowsOriginalMaskedAndReconstruction() throws IOException {
        Path config = Files.writeString(
                folder.resolve("mae.yaml"),
                Files.readString(SmallExperiment.in(folder))
                        .replaceFirst("(?s)model:.*?data:\n", MAE + "data:\n")
                        .replaceFirst(
                                "\\s+- \\{type: RandomMaskGenerator.*?\\}",
                                "\n      - {type: Normalize, mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25]}")
                        .replace("data_prefix: data", "data_prefix: " + folder.resolve("data")));
        Path checkpoint = trained(config);
        BufferedImage page = reconstruct(config, checkpoint, images.toString());
        assertSize(page, 3, 2);
        for (int row = 0; row < 2; row++) {
            int hidden = 0;
            for (int patch = 0; patch < 16; patch++) {
                boolean blank = colours(page, 1, row, patch).equals(Set.of(0x808080));
                hidden += blank ? 1 : 0;
                assertTrue(
                        blank || colours(page, 1, row, patch).equals(colours(page, 0, row, patch)),
                        "a visible patch is the original's");
                assertEquals(
                        !blank,
                        same(page, row, patch),
                        "patch " + patch + " is predicted where it is hidden, and nowhere else");
            }
            assertEquals(12, hidden);
        }
    }

    @Test
    void caeShowsTargetAndPredictedTokens() throws IOException {
        Path config = Files.writeString(
                folder.resolve("cae.yaml"),
                Files.readString(SmallExperiment.in(folder))
                        .replace("data_prefix: data", "data_prefix: " + folder.resolve("data")));
        Path checkpoint = trained(config);
        BufferedImage page =
                reconstruct(config, checkpoint, images.resolve("0.png").toString());
        assertSize(page, 5, 1);
        int hidden = 0;
        for (int patch = 0; patch < 16; patch++) {
            if (colours(page, 1, 0, patch).equals(Set.of(0x808080))) {
                hidden++;
                boolean right = colours(page, 2, 0, patch).equals(colours(page, 3, 0, patch));
                assertEquals(Set.of(right ? 0x00cc00 : 0xff0000), colours(page, 4, 0, patch));
            } else {
                assertEquals(colours(page, 0, 0, patch), colours(page, 4, 0, patch));
            }
        }
        assertEquals(6, hidden);
    }

    @Test
    void refusesWhatItCanNotShow() throws IOException {
        Path config = SmallExperiment.in(folder);
        Path none = folder.resolve("none.pth");
        assertEquals(
                "there is no file " + none,
                Selfsup.call("reconstruct", config, none, "--images", images, "--out", folder.resolve("page.png"))
                        .refused());
    }

    private Path trained(Path config) {
        Path work = folder.resolve("work");
        Selfsup.call("train", config, "--work-dir", work, "--cfg-options", "runner.max_epochs=1")
                .succeeded();
        return work.resolve("latest.pth");
    }

    private BufferedImage reconstruct(Path config, Path checkpoint, String shown) throws IOException {
        Path page = folder.resolve("new/page.png");
        Selfsup.call("reconstruct", config, checkpoint, "--images", shown, "--out", page)
                .succeeded();
        return ImageIO.read(page.toFile());
    }

    private static void assertSize(BufferedImage page, int columns, int rows) {
        assertEquals(GAP + columns * (SHOWN + GAP), page.getWidth());
        assertEquals(TOP + rows * (SHOWN + GAP), page.getHeight());
    }

    /** The colours of one of 4 x 4 patches of a picture. */
    private static Set<Integer> colours(BufferedImage page, int column, int row, int patch) {
        Set<Integer> colours = new HashSet<>();
        for (int pixel = 0; pixel < 32 * 32; pixel++) {
            colours.add(rgb(page, column, row, patch, pixel));
        }
        return colours;
    }

    /** Whether a patch of the last of three pictures is that of the first. */
    private static boolean same(BufferedImage page, int row, int patch) {
        for (int pixel = 0; pixel < 32 * 32; pixel++) {
            if (rgb(page, 0, row, patch, pixel) != rgb(page, 2, row, patch, pixel)) {
                return false;
            }
        }
        return true;
    }

    private static int rgb(BufferedImage page, int column, int row, int patch, int pixel) {
        int x = GAP + column * (SHOWN + GAP) + patch % 4 * 32 + pixel % 32;
        int y = TOP + row * (SHOWN + GAP) + patch / 4 * 32 + pixel / 32;
        return page.getRGB(x, y) & 0xffffff;
    }

    private static final String MAE = """
            model:
              type: MAE
              backbone:
                type: MAEViT
                arch: {embed_dims: 24, num_layers: 2, num_heads: 3, feedforward_channels: 48}
                img_size: 32
                patch_size: 8
              neck:
                type: MAEPretrainDecoder
                num_patches: 16
                patch_size: 8
                embed_dim: 24
                decoder_embed_dim: 16
                decoder_depth: 1
                decoder_num_heads: 2
              head:
                type: MAEPretrainHead
                norm_pix: true
                patch_size: 8
            """;
}
