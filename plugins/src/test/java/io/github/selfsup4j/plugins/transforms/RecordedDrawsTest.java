package io.github.selfsup4j.plugins.transforms;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.selfsup4j.data.Image8;
import io.github.selfsup4j.data.LongArray;
import io.github.selfsup4j.data.Sample;
import io.github.selfsup4j.data.Size;
import io.github.selfsup4j.imaging.Box;
import java.io.IOException;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Generators fed with the random numbers that the reference drew. */
class RecordedDrawsTest {

    @TestFactory
    Stream<DynamicTest> givesTheReferencesMasks() throws IOException {
        return records("BEiTMaskGenerator")
                .map(record -> DynamicTest.dynamicTest(record.get("key").asText(), () -> {
                    RecordedStream random = new RecordedStream(record.get("calls"));
                    Sample sample = new Sample();
                    new BeitMaskGenerator(beitConfig(record.get("config"))).apply(sample, random);
                    LongArray mask = (LongArray) sample.get("mask");
                    assertArrayEquals(flat(record.get("mask")), mask.values());
                    assertEquals(
                            record.get("config").get("num_masking_patches").asLong(),
                            LongStream.of(mask.values()).sum());
                    random.requireAllUsed();
                }));
    }

    @TestFactory
    Stream<DynamicTest> givesTheReferencesCrops() throws IOException {
        return records("RandomResizedCropAndInterpolationWithTwoPic.get_params")
                .map(record -> DynamicTest.dynamicTest(
                        record.get("top_left_height_width").toString(), () -> {
                            RecordedStream random = new RecordedStream(record.get("calls"));
                            int height = record.get("image_height").asInt();
                            int width = record.get("image_width").asInt();
                            Box box = new RandomCropBox(range(record.get("scale")), range(record.get("ratio")))
                                    .draw(new Image8(height, width, 1, new byte[height * width]), random);
                            assertArrayEquals(
                                    ints(record.get("top_left_height_width")),
                                    new int[] {box.top(), box.left(), box.height(), box.width()});
                            random.requireAllUsed();
                        }));
    }

    private static Stream<JsonNode> records(String type) throws IOException {
        JsonNode all = new ObjectMapper().readTree(RecordedDrawsTest.class.getResource("random_generators.json"));
        return StreamSupport.stream(all.spliterator(), false)
                .filter(record -> record.get("type").asText().equals(type));
    }

    private static BeitMaskGenerator.Config beitConfig(JsonNode node) {
        BeitMaskGenerator.Config config = new BeitMaskGenerator.Config();
        config.inputSize = new Size(
                node.get("input_size").get(0).asInt(),
                node.get("input_size").get(1).asInt());
        config.numMaskingPatches = node.get("num_masking_patches").asInt();
        config.minNumPatches = node.path("min_num_patches").asInt(config.minNumPatches);
        config.maxNumPatches =
                node.hasNonNull("max_num_patches") ? node.get("max_num_patches").asInt() : null;
        config.minAspect = node.path("min_aspect").asDouble(config.minAspect);
        return config;
    }

    private static Range range(JsonNode ends) {
        return new Range(ends.get(0).asDouble(), ends.get(1).asDouble());
    }

    private static long[] flat(JsonNode rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .flatMapToLong(
                        row -> StreamSupport.stream(row.spliterator(), false).mapToLong(JsonNode::asLong))
                .toArray();
    }

    private static int[] ints(JsonNode numbers) {
        return StreamSupport.stream(numbers.spliterator(), false)
                .mapToInt(JsonNode::asInt)
                .toArray();
    }
}
