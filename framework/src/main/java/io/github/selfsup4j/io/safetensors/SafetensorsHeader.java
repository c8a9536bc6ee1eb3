package io.github.selfsup4j.io.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.util.ByteBufferBackedInputStream;
import io.github.selfsup4j.io.disk.FormatException;
import io.github.selfsup4j.io.disk.MemoryBudget;
import io.github.selfsup4j.io.tensor.ElementType;
import io.github.selfsup4j.io.tensor.HostTensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The JSON at the start of a safetensors file: for each name {@code dtype}, {@code shape} and {@code data_offsets}.
 *
 * @param tensors in the header's order
 * @param metadata the texts under {@code __metadata__}
 */
record SafetensorsHeader(Map<String, Entry> tensors, Map<String, String> metadata) {
    private static final String METADATA = "__metadata__";
    private static final int MOST_DIMENSIONS = 64;
    private static final int TENSOR_COST = 640;
    /** Field names come from the file: they go into no shared table, where they could be made to collide. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(4).build())
            .build();

    /** A tensor in bytes {@code begin} to {@code end} of the data. */
    record Entry(ElementType type, long[] shape, long begin, long end) {}

    static SafetensorsHeader parse(Path file, ByteBuffer json, MemoryBudget budget) {
        try (JsonParser parser = JSON.createParser(new ByteBufferBackedInputStream(json))) {
            return new Parsing(file, parser, budget).parse();
        } catch (JsonProcessingException e) {
            throw new FormatException(
                    file, "a safetensors header that is not proper JSON (" + e.getOriginalMessage() + ")", "JSON");
        } catch (IOException e) {
            throw new FormatException(file, "a safetensors header that is not UTF-8 (" + e.getMessage() + ")", "JSON");
        }
    }

    byte[] toJson() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            if (!metadata.isEmpty()) {
                json.writeObjectFieldStart(METADATA);
                for (Map.Entry<String, String> text : metadata.entrySet()) {
                    json.writeStringField(text.getKey(), text.getValue());
                }
                json.writeEndObject();
            }
            for (Map.Entry<String, Entry> tensor : tensors.entrySet()) {
                Entry entry = tensor.getValue();
                json.writeObjectFieldStart(tensor.getKey());
                json.writeStringField("dtype", entry.type().safetensorsName());
                json.writeFieldName("shape");
                json.writeArray(entry.shape(), 0, entry.shape().length);
                json.writeFieldName("data_offsets");
                json.writeArray(new long[] {entry.begin(), entry.end()}, 0, 2);
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    /** Reads token by token: the header may be 100 MB, and only what fits the format is kept. */
    private static final class Parsing {
        private final Path file;
        private final JsonParser json;
        private final MemoryBudget budget;

        Parsing(Path file, JsonParser json, MemoryBudget budget) {
            this.file = file;
            this.json = json;
            this.budget = budget;
        }

        SafetensorsHeader parse() throws IOException {
            Map<String, Entry> tensors = new LinkedHashMap<>();
            Map<String, String> metadata = new LinkedHashMap<>();
            expect(JsonToken.START_OBJECT, "the header", "an object");
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                budget.take(TENSOR_COST + 4L * name.length(), "a header");
                if (name.equals(METADATA)) {
                    metadata.putAll(parseMetadata());
                } else {
                    tensors.put(name, parseTensor(name));
                }
            }
            if (json.nextToken() != null) {
                throw bad("something after the header's end", "only blanks");
            }
            return new SafetensorsHeader(tensors, metadata);
        }

        private Map<String, String> parseMetadata() throws IOException {
            Map<String, String> metadata = new LinkedHashMap<>();
            expect(JsonToken.START_OBJECT, METADATA, "an object of texts");
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String key = json.currentName();
                expect(JsonToken.VALUE_STRING, METADATA, "an object of texts");
                budget.take(TENSOR_COST + 4L * (key.length() + json.getTextLength()), "a header");
                metadata.put(key, json.getText());
            }
            return metadata;
        }

        private Entry parseTensor(String name) throws IOException {
            ElementType type = null;
            long[] shape = null;
            long[] offsets = null;
            expect(JsonToken.START_OBJECT, name, "an object with dtype, shape and data_offsets");
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                switch (json.currentName()) {
                    case "dtype" -> type = parseType(name);
                    case "shape" -> shape = parseNumbers(name, "shape", MOST_DIMENSIONS);
                    case "data_offsets" -> offsets = parseNumbers(name, "data_offsets", 2);
                    default ->
                        throw bad(
                                "tensor '" + name + "' with a field '" + json.currentName() + "'",
                                "dtype, shape and data_offsets");
                }
            }
            if (type == null || shape == null || offsets == null || offsets.length != 2) {
                throw bad("tensor '" + name + "' without its dtype, its shape or both data_offsets", "all three");
            }
            return checked(name, new Entry(type, shape, offsets[0], offsets[1]));
        }

        private Entry checked(String name, Entry entry) {
            long bytes;
            try {
                bytes = Math.multiplyExact(
                        HostTensor.elementCount(entry.shape()), entry.type().byteSize());
            } catch (ArithmeticException e) {
                throw bad("tensor '" + name + "' of shape " + Arrays.toString(entry.shape()), "at most 2^63 bytes");
            }
            if (entry.begin() > entry.end() || entry.end() - entry.begin() != bytes) {
                throw bad(
                        "tensor '" + name + "' in bytes " + entry.begin() + " to " + entry.end(),
                        "the " + bytes + " bytes of " + entry.type() + Arrays.toString(entry.shape()));
            }
            return entry;
        }

        private ElementType parseType(String name) throws IOException {
            expect(JsonToken.VALUE_STRING, name, "a dtype");
            String dtype = json.getText();
            return ElementType.ofSafetensorsName(dtype)
                    .orElseThrow(() -> bad(
                            "tensor '" + name + "' of dtype " + dtype,
                            "one of "
                                    + Arrays.stream(ElementType.values())
                                            .map(ElementType::safetensorsName)
                                            .collect(Collectors.joining(" "))));
        }

        private long[] parseNumbers(String name, String field, int most) throws IOException {
            List<Long> numbers = new ArrayList<>();
            expect(JsonToken.START_ARRAY, name, field + " to be a list");
            while (json.nextToken() == JsonToken.VALUE_NUMBER_INT && numbers.size() < most) {
                numbers.add(json.getLongValue());
            }
            if (json.currentToken() != JsonToken.END_ARRAY || numbers.stream().anyMatch(number -> number < 0)) {
                throw bad(
                        "tensor '" + name + "' with a wrong " + field, "at most " + most + " whole numbers from 0 up");
            }
            return numbers.stream().mapToLong(Long::longValue).toArray();
        }

        private void expect(JsonToken token, String name, String expected) throws IOException {
            if (json.nextToken() != token) {
                throw bad("something else at '" + name + "' in the header", expected);
            }
        }

        private FormatException bad(String found, String expected) {
            return new FormatException(file, found, expected);
        }
    }
}
