package io.github.selfsup4j.tests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report of {@code pretrain} in Chromium, without network. */
@Tag("browser")
class ReportInBrowserTest {
    private static final int WIDTH = 1200;
    private static final int HEIGHT = 4000;
    private static final Color LOSS = new Color(0x3257a8);
    private static final Color KNN = new Color(0x2e8b57);
    /** The first three colours of classes, as the map draws them: three quarters opaque on a light ground. */
    private static final List<Color> DOTS = List.of(onGround(0x4e79a7), onGround(0xf28e2b), onGround(0xe15759));

    @TempDir
    Path folder;

    private static Color onGround(int rgb) {
        Color color = new Color(rgb);
        return new Color(
                (3 * color.getRed() + 0xfa) / 4, (3 * color.getGreen() + 0xfa) / 4, (3 * color.getBlue() + 0xfa) / 4);
    }

    private static Optional<String> browser() {
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .filter(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(path -> Files.isExecutable(Path.of(path, name))))
                .findFirst();
    }

    @Test
    void opensWithoutErrorsAndDrawsEverything() throws Exception {
        assumeTrue(browser().isPresent(), "no Chromium");
        Path pictures = PictureFolder.inClasses(folder.resolve("pictures"), 10);
        Selfsup.call(
                        "pretrain",
                        pictures,
                        "--out",
                        folder.resolve("out"),
                        "--size",
                        "tiny",
                        "--method",
                        "mae",
                        "--epochs",
                        2,
                        "--device",
                        "cpu")
                .succeeded();
        Path report = folder.resolve("out/report.html");

        String dom = chromium(report, "--dump-dom");
        assertTrue(dom.contains("<title>MAE on pictures</title>") && dom.contains("</html>"), dom);
        chromium(
                report,
                "--screenshot=" + folder.resolve("page.png"),
                "--window-size=" + WIDTH + "," + HEIGHT,
                "--hide-scrollbars");
        BufferedImage page = ImageIO.read(folder.resolve("page.png").toFile());
        assertEquals(WIDTH, page.getWidth());
        assertTrue(pixels(page, LOSS) > 200 && pixels(page, KNN) > 100, "the curves");
        for (Color dot : DOTS) {
            assertTrue(pixels(page, dot) > 100, "dots of the map in " + dot);
        }
        Path copy = Path.of("target/report.png");
        Files.createDirectories(copy.getParent());
        ImageIO.write(page, "png", copy.toFile());
    }

    /**
     * Opens the page.
     *
     * @return standard output; whatever the page's scripts complain of fails the test
     */
    private String chromium(Path page, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                browser().orElseThrow(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--enable-logging=stderr",
                "--host-resolver-rules=MAP * ~NOTFOUND",
                "--virtual-time-budget=5000",
                "--user-data-dir=" + folder.resolve("profile")));
        command.addAll(List.of(options));
        command.add(page.toUri().toString());
        Process process = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("dom.html").toFile())
                .redirectError(folder.resolve("browser.txt").toFile())
                .start();
        assertEquals(0, process.waitFor());
        String log = Files.readString(folder.resolve("browser.txt"));
        assertFalse(log.contains("CONSOLE"), log);
        return Files.readString(folder.resolve("dom.html"));
    }

    private static int pixels(BufferedImage page, Color wanted) {
        int count = 0;
        for (int y = 0; y < page.getHeight(); y++) {
            for (int x = 0; x < page.getWidth(); x++) {
                Color found = new Color(page.getRGB(x, y));
                int distance = Math.abs(found.getRed() - wanted.getRed())
                        + Math.abs(found.getGreen() - wanted.getGreen())
                        + Math.abs(found.getBlue() - wanted.getBlue());
                count += distance < 16 ? 1 : 0;
            }
        }
        return count;
    }
}
