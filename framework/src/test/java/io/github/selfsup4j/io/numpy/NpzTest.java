package io.github.selfsup4j.io.numpy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.selfsup4j.io.Refusal;
import io.github.selfsup4j.io.TestFiles;
import io.github.selfsup4j.io.Trees;
import io.github.selfsup4j.io.pickle.PickleAssembler;
import io.github.selfsup4j.io.tensor.ElementType;
import io.github.selfsup4j.io.tensor.HostTensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpzTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("arrays.npz");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stored.npz", "deflated.npz"})
    void readsWhatNumPyWrites(String name) throws IOException {
        Map<String, HostTensor> arrays = Npz.read(TestFiles.path(name));

        for (ElementType type : ElementType.values()) {
            if (type != ElementType.BFLOAT16) {
                HostTensor array = arrays.get(type.torchName());
                assertEquals(type, array.type());
                assertArrayEquals(
                        type == ElementType.BOOL ? new int[] {0, 1, 1, 1} : new int[] {0, 1, 2, 100}, array.toInts());
            }
        }
        assertEquals(HostTensor.of(new float[] {0, 1, 2, 3, 4, 5}, 2, 3), arrays.get("matrix"));
        assertEquals(HostTensor.scalar(2.5), arrays.get("scalar"));
        assertEquals(HostTensor.of(new float[0], 0, 3), arrays.get("empty"));
        assertEquals(HostTensor.of(new float[] {1}, 1), arrays.get("draw.noise/1"));
    }

    @Test
    void readsFortranOrderAsRowMajor() throws IOException {
        int[] counted = new int[24];
        Arrays.setAll(counted, i -> i);

        assertEquals(
                HostTensor.of(counted, 2, 3, 4),
                Npz.read(TestFiles.path("deflated.npz")).get("fortran"));
    }

    @Test
    void readsBackWhatItWroteInOrder() throws IOException {
        Map<String, HostTensor> tensors = new LinkedHashMap<>(Trees.everyType());
        tensors.remove("a.bfloat16");

        Npz.write(file, tensors);

        assertEquals(tensors, Npz.read(file));
        assertEquals(List.copyOf(tensors.keySet()), List.copyOf(Npz.read(file).keySet()));
    }

    @Test
    void writesBfloat16AsFloat32() throws IOException {
        HostTensor tensor = Trees.everyType().get("a.bfloat16");

        Npz.write(file, Map.of("a", tensor));

        assertEquals(tensor.asFloat32(), Npz.read(file).get("a"));
    }

    @Test
    void refusesBigEndianAndPickledArrays() throws IOException {
        Refusal.assertRefuses(Npz::read, TestFiles.path("big_endian.npz"), "'>f4'");
        Refusal.assertRefuses(Npz::read, TestFiles.path("objects.npz"), "'|O'");
    }

    @Test
    void refusesCompressedDataThatWouldFillTheMemory() throws IOException {
        byte[] header = npy("{'descr': '|u1', 'fortran_order': False, 'shape': (300000000,), }", 0);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("a.npy"));
            zip.write(header);
            for (int i = 0; i < 300; i++) {
                zip.write(new byte[1_000_000]);
            }
        }

        Refusal.assertRefuses(Npz::read, file, "compressed data", "64 MiB");
    }

    @Test
    void refusesManyArraysThatWouldFillTheMemoryTogether() throws IOException {
        byte[] array = npy("{'descr': '|u1', 'fortran_order': False, 'shape': (1000000,), }", 1_000_000);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < 100; i++) {
                zip.putNextEntry(new ZipEntry(i + ".npy"));
                zip.write(array);
            }
        }

        Refusal.assertRefuses(Npz::read, file, "64 MiB");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'descr': '<f4', 'fortran_order': False, 'shape': (5,), }",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (-4,), }",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296, 4), }",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775807,), }",
                "{'descr': '<f4', 'fortran_order': False, 'shape': [4], }",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (four,), }",
                "{'descr': '<f4', 'fortran_order': 1, 'shape': (4,), }",
                "{'descr': '<f4', 'fortran_order': False}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (4,), 'more': True}",
                "{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (4,), }",
                "{'descr': '<U4', 'fortran_order': False, 'shape': (1,), }",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (4,), }}",
                "__import__('os').system('true')",
                "",
            })
    void refusesAWrongHeader(String header) throws IOException {
        PickleAssembler.pack(file, Map.of("a.npy", npy(header, 16)));

        Refusal.assertRefuses(Npz::read, file, "'a.npy'");
    }

    @Test
    void refusesAHeaderLongerThanTheEntry() throws IOException {
        byte[] array = npy("{'descr': '<f4', 'fortran_order': False, 'shape': (4,), }", 16);
        array[9] = (byte) 0xff;
        PickleAssembler.pack(file, Map.of("a.npy", array));

        Refusal.assertRefuses(Npz::read, file, "header of 65");
    }

    @Test
    void refusesEntriesThatAreNoArrays() throws IOException {
        PickleAssembler.pack(file, Map.of("a.txt", new byte[3]));
        Refusal.assertRefuses(Npz::read, file, "a.txt");
        PickleAssembler.pack(file, Map.of("a.npy", new byte[3]));
        Refusal.assertRefuses(Npz::read, file, "no .npy header");
    }

    @Test
    void refusesEveryTruncation() throws IOException {
        byte[] whole = Files.readAllBytes(TestFiles.path("deflated.npz"));
        for (int length = 0; length < whole.length; length += 5) {
            Files.write(file, Arrays.copyOf(whole, length));
            Refusal.assertRefuses(Npz::read, file);
        }
    }

    /** A version-1 .npy file with any header and zeros for data. */
    static byte[] npy(String header, int dataSize) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes("\u0093NUMPY\1\0".getBytes(StandardCharsets.ISO_8859_1));
        bytes.write(header.length() & 0xff);
        bytes.write(header.length() >> 8);
        bytes.writeBytes(header.getBytes(StandardCharsets.ISO_8859_1));
        bytes.write(new byte[dataSize]);
        return bytes.toByteArray();
    }
}
