package io.github.selfsup4j.io.safetensors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.selfsup4j.io.Refusal;
import io.github.selfsup4j.io.Trees;
import io.github.selfsup4j.io.disk.FormatException;
import io.github.selfsup4j.io.disk.MemoryBudget;
import io.github.selfsup4j.io.tensor.ElementType;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.io.tensor.TensorFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("model.safetensors");
    }

    private void write(long headerSize, String header, int dataSize) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + dataSize).order(ByteOrder.LITTLE_ENDIAN);
        Files.write(file, bytes.putLong(headerSize).put(json).array());
    }

    private void write(String header, int dataSize) throws IOException {
        write(header.getBytes(StandardCharsets.UTF_8).length, header, dataSize);
    }

    @Test
    void readsBackWhatItWroteInOrder() throws IOException {
        Map<String, HostTensor> tensors = Trees.everyType();

        Safetensors.write(file, tensors, Map.of("format", "pt"));
        TensorFile read = Safetensors.read(file);

        assertEquals(new TensorFile(tensors, Map.of("format", "pt")), read);
        assertEquals(List.copyOf(tensors.keySet()), List.copyOf(read.tensors().keySet()));
    }

    @Test
    void alignsTheDataAndEveryTensor() throws IOException {
        Safetensors.write(file, Trees.everyType(), Map.of());
        byte[] bytes = Files.readAllBytes(file);
        int headerSize =
                (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        ByteBuffer json = ByteBuffer.wrap(bytes, 8, headerSize);

        assertEquals(0, headerSize % 8);
        SafetensorsHeader.parse(file, json, new MemoryBudget(file, 0))
                .tensors()
                .forEach((name, entry) ->
                        assertEquals(0, entry.begin() % entry.type().byteSize(), name));
    }

    @Test
    void readsAFileWithoutTensors() throws IOException {
        write("{\"__metadata__\":{\"a\":\"b\"}}  ", 0);

        assertEquals(new TensorFile(Map.of(), Map.of("a", "b")), Safetensors.read(file));
    }

    @Test
    void readsAHandWrittenFile() throws IOException {
        write(
                "{\"b\":{\"shape\":[2],\"data_offsets\":[4,8],\"dtype\":\"I16\"},\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}}",
                8);

        Map<String, HostTensor> tensors = Safetensors.read(file).tensors();
        assertEquals(HostTensor.scalar(0f), tensors.get("a"));
        assertEquals(List.of("b", "a"), List.copyOf(tensors.keySet()));
    }

    @Test
    @DisabledOnOs(
            value = OS.WINDOWS,
            disabledReason = "the file is mostly a hole, which only some file systems leave out")
    void mapsTensorsBeyond2GiB() throws IOException {
        long hole = 3L << 29;
        String tensor = "\"%s\":{\"dtype\":\"U8\",\"shape\":[%d],\"data_offsets\":[%d,%d]}";
        write(
                "{" + tensor.formatted("a", hole, 0, hole) + "," + tensor.formatted("b", hole, hole, 2 * hole) + ","
                        + tensor.formatted("c", 3, 2 * hole, 2 * hole + 3) + "}",
                0);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {7, 8, 9}), channel.size() + 2 * hole);
        }

        Map<String, HostTensor> tensors = Safetensors.read(file).tensors();

        assertEquals(hole, tensors.get("b").bytes().remaining());
        assertEquals(
                HostTensor.wrap(ElementType.UINT8, new long[] {3}, ByteBuffer.wrap(new byte[] {7, 8, 9})),
                tensors.get("c"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'a':T[0,4],'b':T[2,6]}                      | starts at byte 2",
                "{'a':T[0,4],'b':T[8,12]}                     | starts at byte 8",
                "{'a':T[4,8],'b':T[8,12]}                     | starts at byte 4",
                "{'a':T[0,4],'b':T[0,4]}                      | starts at byte 0",
                "{'a':T[0,4]}                                 | 12 bytes of data",
                "{'a':T[0,4],'b':T[4,8],'c':T[8,12],'d':T[12,16]} | 12 bytes of data",
                "{'a':T[0,8],'b':T[8,12]}                     | bytes 0 to 8",
                "{'a':T[8,4]}                                 | bytes 8 to 4",
                "{'a':T[0,4],'a':T[4,8],'b':T[8,12]}          | Duplicate field 'a'",
                "{'a':T[-4,0]}                                | wrong data_offsets",
                "{'a':T[0,4,8]}                               | wrong data_offsets",
                "{'a':T[0]}                                   | both data_offsets",
                "{'a':T[0,99999999999999999999]}              | out of range",
                "{'a':{'dtype':'F32','shape':[1]}}            | without",
                "{'a':{'dtype':'F33','shape':[3],'data_offsets':[0,12]}} | dtype F33",
                "{'a':{'dtype':'F32','shape':[4611686018427387904,8],'data_offsets':[0,12]}} | 2^63",
                "{'a':{'dtype':'F32','shape':[-3],'data_offsets':[0,12]}} | wrong shape",
                "{'a':{'dtype':'F32','shape':[3.0],'data_offsets':[0,12]}} | wrong shape",
                "{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,12],'more':1}} | field 'more'",
                "{'a':[1]}                                    | something else at 'a'",
                "{'__metadata__':{'a':1}}                     | __metadata__",
                "{'a'                                         | proper JSON",
                "{'a':T[0,4]}}                                | proper JSON",
                "{} {}                                        | after the header's end",
            })
    void refusesAWrongHeader(String header, String words) throws IOException {
        String json = header.replaceAll("T(\\[[-0-9,]*\\])", "{'dtype':'F32','shape':[1],'data_offsets':$1}");
        write(json.replace('\'', '"'), 12);

        Refusal.assertRefuses(Safetensors::read, file, words);
    }

    @Test
    void refusesAHeaderOfAWrongLength() throws IOException {
        write(-1, "{}", 0);
        Refusal.assertRefuses(Safetensors::read, file, "18446744073709551615 bytes");
        write(100_000_001, "{}", 0);
        Refusal.assertRefuses(Safetensors::read, file, "at most 100000000");
        write(1000, "{}", 0);
        Refusal.assertRefuses(Safetensors::read, file, "1000 bytes");
    }

    @Test
    void refusesAHeaderOfTooManyTensorsForMemory() throws IOException {
        StringBuilder header = new StringBuilder("{");
        for (int i = 0; i < 200_000; i++) {
            header.append(i == 0 ? "" : ",")
                    .append("\"")
                    .append(i)
                    .append("\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}");
        }
        write(header.append("}").toString(), 0);

        Refusal.assertRefuses(Safetensors::read, file, "64 MiB");
    }

    @Test
    void tellsOfALongNameWithoutItsMiddle() throws IOException {
        write("{\"" + "a".repeat(40_000) + "\":3}", 0);

        FormatException refusal = assertThrows(FormatException.class, () -> Safetensors.read(file));
        assertTrue(refusal.getMessage().length() < 1000, refusal::getMessage);
    }

    @Test
    void refusesDeepNesting() throws IOException {
        write("{\"a\":" + "[".repeat(1_000_000), 0);

        Refusal.assertRefuses(Safetensors::read, file, "something else at 'a'");
    }

    @Test
    void refusesEveryTruncation() throws IOException {
        Safetensors.write(file, Trees.everyType(), Map.of("format", "pt"));
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length += 3) {
            Files.write(file, Arrays.copyOf(whole, length));
            Refusal.assertRefuses(Safetensors::read, file);
        }
    }
}
