package io.github.selfsup4j.tests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.selfsup4j.io.numpy.Npz;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.io.torch.PthFile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trains on a folder in which a picture in two hundred is odd or damaged. */
class BadImagesTest {
    private static final Path ODD =
            Selfsup.root().resolve("plugins/imaging/src/test/resources/io/github/selfsup4j/imaging/pillow.npz");
    private static final int PICTURES = 4000;
    private static final int BOMB_SIDE = 20_000;

    @TempDir
    Path folder;

    /** Why each file is refused. */
    private final Map<String, String> refused = new TreeMap<>(Map.of(
            "cut.jpg", "the header is damaged or cut off",
            "adler.png", "a PNG file with damaged pixels",
            "crc-ihdr.png", "a PNG file with a wrong checksum (CRC) in its header",
            "cut.png", "a PNG file that is cut off",
            "empty.jpg", "the file is empty",
            "text.jpg", "it begins with 0x7468: neither JPEG, PNG, GIF, BMP, TIFF, WebP, PPM nor PGM",
            "bomb.png", "a picture of 20000 x 20000 pixels is too large; at most 178956970 are allowed"));

    @BeforeEach
    void writeExperiment() throws IOException {
        SmallExperiment.in(folder);
        Path pictures = Files.createDirectories(folder.resolve("pictures"));
        for (int i = 0; i < PICTURES; i++) {
            Files.write(pictures.resolve(String.format("%04d.png", i)), png(i));
        }
        Map<String, HostTensor> odd = Npz.read(ODD);
        for (String name : new String[] {
            "cut.jpg",
            "crc-idat.png",
            "crc-ihdr.png",
            "adler.png",
            "cut.png",
            "empty.jpg",
            "text.jpg",
            "cmyk.jpg",
            "ycck.jpg",
            "rgb16.png",
            "grey16.png",
            "grey.jpg",
            "rgba.png",
            "la.png",
            "palette-transparent.png",
            "animated.gif",
            "one.png",
            "one.jpg",
            "rotated.jpg",
            "garbled.jpg"
        }) {
            Files.write(pictures.resolve(name), odd.get("file/" + name).toBytes());
        }
        Files.write(pictures.resolve("bomb.png"), bomb());
        Files.writeString(folder.resolve("folder.yaml"), """
                _base_: small.yaml
                data:
                  samples_per_gpu: 201
                  workers_per_gpu: 2
                  train:
                    data_source: {type: ImagePaths, paths: [pictures], _delete_: true}
                    pipeline: [{type: RandomResizedCrop, size: 32}, {type: ToTensor}, {type: RandomMaskGenerator, input_size: 4, num_masking_patches: 6}]
                lr_config: null
                checkpoint_config: {interval: 20}
                """);
    }

    private static byte[] png(int number) throws IOException {
        BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
        image.setRGB(number % 16, number / 16 % 16, 0xffffff);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }

    /** A few kilobytes that are a valid picture of 1.2 GB. */
    private static byte[] bomb() throws IOException {
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(pixels)) {
            for (int y = 0; y < BOMB_SIDE; y++) {
                deflated.write(new byte[1 + BOMB_SIDE / 8]);
            }
        }
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        DataOutputStream numbers = new DataOutputStream(header);
        numbers.writeInt(BOMB_SIDE);
        numbers.writeInt(BOMB_SIDE);
        header.writeBytes(new byte[] {1, 0, 0, 0, 0});
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        chunk(file, "IHDR", header.toByteArray());
        chunk(file, "IDAT", pixels.toByteArray());
        chunk(file, "IEND", new byte[0]);
        return file.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream file, String type, byte[] content) throws IOException {
        DataOutputStream out = new DataOutputStream(file);
        CRC32 checksum = new CRC32();
        checksum.update(type.getBytes(StandardCharsets.US_ASCII));
        checksum.update(content);
        out.writeInt(content.length);
        out.writeBytes(type);
        out.write(content);
        out.writeInt((int) checksum.getValue());
    }

    private Selfsup.Result train(String workDir, String... options) throws IOException, InterruptedException {
        return Selfsup.run(
                folder,
                Stream.concat(
                                Stream.of("train", "folder.yaml", "--device", "cpu", "--work-dir", workDir),
                                Stream.of(options))
                        .toArray(String[]::new));
    }

    private Map<String, String> reported(String workDir) throws IOException {
        Map<String, String> reasons = new TreeMap<>();
        for (String line : Files.readAllLines(folder.resolve(workDir).resolve("bad_images.jsonl"))) {
            JsonNode node = new ObjectMapper().readTree(line);
            String name = node.get("path").asText().replaceFirst("^pictures/", "");
            assertEquals(null, reasons.put(name, node.get("reason").asText()), name + " is told twice");
        }
        return reasons;
    }

    private Map<String, HostTensor> weights(String workDir) throws IOException {
        return PthFile.read(folder.resolve(workDir).resolve("latest.pth")).asTensors("state_dict");
    }

    @Test
    void whatCannotBeDecodedIsReportedOnceAndReplacedAndARunEndsTheSameWithAnyWorkersAndResumed()
            throws IOException, InterruptedException {
        Selfsup.Result whole = train("whole").succeeded();
        assertEquals("", whole.err(), "native libraries are silent");
        assertEquals(refused, reported("whole"));
        assertEquals(
                refused.size(),
                whole.out()
                        .lines()
                        .filter(line -> line.contains("can't read a picture, another one takes its place: pictures/"))
                        .count());
        train("resumed", "--cfg-options", "runner.max_epochs=1", "data.workers_per_gpu=0")
                .succeeded();
        assertEquals(refused, reported("resumed"));
        Selfsup.Result resumed = train("resumed", "--auto-resume", "--cfg-options", "data.workers_per_gpu=3")
                .succeeded();
        assertTrue(resumed.out().contains("Epoch [2]"), resumed.out());
        assertEquals(refused, reported("resumed"));
        assertEquals(weights("whole"), weights("resumed"));
    }

    @Test
    void aLimitOnTheFractionStopsTheRun() throws IOException, InterruptedException {
        String err = train("run", "--cfg-options", "data.max_bad_fraction=0.001")
                .failedWith(1)
                .err();
        assertTrue(
                err.startsWith(
                        "5 of 4021 pictures can't be read, more than the fraction of 0.001 that data.max_bad_fraction allows; the last: pictures/"),
                err);
        String limited = train("run", "--cfg-options", "data.train.data_source.max_pixels=100")
                .failedWith(1)
                .err();
        assertTrue(limited.contains("a picture of 16 x 16 pixels is too large; at most 100 are allowed"), limited);
    }
}
