package io.github.selfsup4j.io.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.selfsup4j.io.Refusal;
import io.github.selfsup4j.io.Trees;
import io.github.selfsup4j.io.pickle.PickleAssembler;
import io.github.selfsup4j.io.pickle.PickleOp;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.io.tree.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints that are damaged, or made to do harm. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostilePthTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("hostile.pth");
    }

    private void assertRefused(String... words) throws IOException {
        Refusal.assertRefuses(PthFile::read, file, words);
    }

    @Test
    void refusesAFunctionByNameAndRunsNothing() throws IOException {
        Path proof = folder.resolve("proof");
        new PickleAssembler()
                .global("os", "system")
                .text("touch " + proof)
                .op(PickleOp.TUPLE1)
                .op(PickleOp.REDUCE)
                .save(file);

        assertRefused("os.system", "nothing in a checkpoint is ever run");
        assertFalse(Files.exists(proof));
    }

    @Test
    void refusesAFunctionNamedOnTheStack() throws IOException {
        new PickleAssembler()
                .text("builtins")
                .text("eval")
                .op(PickleOp.STACK_GLOBAL)
                .save(file);

        assertRefused("builtins.eval");
    }

    @Test
    void refusesToCallAnythingThatIsNoFunction() throws IOException {
        new PickleAssembler()
                .global("torch", "FloatStorage")
                .op(PickleOp.EMPTY_TUPLE)
                .op(PickleOp.REDUCE)
                .save(file);

        assertRefused("a call of torch.FloatStorage");
    }

    @Test
    void refusesOldOpcodesThatMakeObjects() throws IOException {
        new PickleAssembler().op('(').op('i').save(file);

        assertRefused("opcode 0x69");
    }

    @Test
    void refusesATensorWhoseStorageIsTooShort() throws IOException {
        new PickleAssembler().tensor(4, 0, new long[] {2, 3}, 3, 1).save(file, new byte[16]);

        assertRefused("FLOAT32[2, 3]", "24 bytes", "16");
    }

    @Test
    void refusesATensorThatReachesOverTheEndByItsOffset() throws IOException {
        new PickleAssembler().tensor(4, 3, new long[] {2}, 1).save(file, new byte[16]);

        assertRefused("20 bytes", "16");
    }

    @Test
    void refusesATensorThatReachesOverTheEndByItsStrides() throws IOException {
        new PickleAssembler().tensor(4, 0, new long[] {2, 2}, 3, 1).save(file, new byte[16]);

        assertRefused("20 bytes", "16");
    }

    @Test
    void refusesAStorageOfAnotherLengthThanSaid() throws IOException {
        new PickleAssembler().tensor(4, 0, new long[] {1}, 1).save(file, new byte[15]);

        assertRefused("storage '0' of 15 bytes", "4 elements of FLOAT32");
    }

    @Test
    void refusesAStorageThatIsNotThere() throws IOException {
        PickleAssembler.pack(
                file,
                Map.of(
                        "archive/data.pkl",
                        new PickleAssembler().tensor(4, 0, new long[] {1}, 1).stop()));

        assertRefused("no storage '0'");
    }

    @Test
    void refusesSizesThatOverflow() throws IOException {
        for (long[] shape : new long[][] {{1L << 40, 1L << 40}, {Long.MAX_VALUE, 2}, {1L << 61, 1}}) {
            new PickleAssembler().tensor(4, 0, shape, 1, 1).save(file, new byte[16]);
            assertRefused("2^63");
        }
    }

    @Test
    void refusesStridesAndOffsetsThatOverflow() throws IOException {
        new PickleAssembler()
                .tensor(4, 0, new long[] {2, 2}, Long.MAX_VALUE, Long.MAX_VALUE)
                .save(file, new byte[16]);
        assertRefused("2^63");
        new PickleAssembler().tensor(4, Long.MAX_VALUE / 4, new long[] {2}, 1).save(file, new byte[16]);
        assertRefused("2^63");
    }

    @Test
    void refusesNegativeSizesStridesAndOffsets() throws IOException {
        new PickleAssembler().tensor(4, 0, new long[] {-1}, 1).save(file, new byte[16]);
        assertRefused("negative");
        new PickleAssembler().tensor(4, 3, new long[] {2}, -1).save(file, new byte[16]);
        assertRefused("negative");
        new PickleAssembler().tensor(4, -1, new long[] {2}, 1).save(file, new byte[16]);
        assertRefused("negative");
    }

    @Test
    void refusesARepeatedElementThatWouldFillTheMemory() throws IOException {
        new PickleAssembler().tensor(1, 0, new long[] {1 << 15, 1 << 13}, 0, 0).save(file, new byte[4]);

        assertRefused("non-contiguous", "64 MiB");
    }

    @Test
    void readsAnEmptyTensorWhereverItLies() throws IOException {
        new PickleAssembler().tensor(4, 99, new long[] {0, 7}, 7, 1).save(file, new byte[16]);

        assertEquals(Tree.of(HostTensor.of(new float[0], 0, 7)), PthFile.read(file));
    }

    @Test
    void refusesAMillionNestedTuples() throws IOException {
        new PickleAssembler()
                .op(PickleOp.EMPTY_TUPLE)
                .ops(PickleOp.TUPLE1, 1_000_000)
                .save(file);
        assertRefused("64 MiB");
        new PickleAssembler()
                .op(PickleOp.EMPTY_TUPLE)
                .ops(PickleOp.TUPLE1, 100_000)
                .save(file);
        assertRefused("nested more than");
    }

    @Test
    void refusesAListInsideItself() throws IOException {
        new PickleAssembler()
                .op(PickleOp.EMPTY_LIST)
                .op(PickleOp.DUP)
                .op(PickleOp.APPEND)
                .save(file);

        assertRefused("nested more than");
    }

    @Test
    void refusesListsThatDoubleWithEveryLevel() throws IOException {
        PickleAssembler pickle = new PickleAssembler().op(PickleOp.EMPTY_LIST);
        for (int level = 0; level < 100; level++) {
            pickle.op(PickleOp.BINPUT)
                    .raw(0)
                    .op(PickleOp.POP)
                    .op(PickleOp.BINGET)
                    .raw(0)
                    .op(PickleOp.BINGET)
                    .raw(0)
                    .op(PickleOp.TUPLE2);
        }
        pickle.save(file);

        assertRefused("nested lists", "64 MiB");
    }

    @Test
    void refusesMoreSmallValuesThanMemory() throws IOException {
        for (int opcode : new int[] {PickleOp.EMPTY_LIST, PickleOp.EMPTY_DICT, PickleOp.NONE, PickleOp.MARK}) {
            new PickleAssembler().ops(opcode, 3_000_000).save(file);
            assertRefused("64 MiB");
        }
    }

    @Test
    void refusesToKeepTheSameValueAMillionTimes() throws IOException {
        PickleAssembler pickle = new PickleAssembler().op(PickleOp.NONE);
        for (int i = 0; i < 1_000_000; i++) {
            pickle.op(PickleOp.LONG_BINPUT).int32(i * 4001);
        }
        pickle.save(file);

        assertRefused("64 MiB");
    }

    @Test
    void refusesAValueThatWasNeverKept() throws IOException {
        new PickleAssembler().op(PickleOp.LONG_BINGET).int32(-1).save(file);

        assertRefused("4294967295");
    }

    @Test
    void refusesLengthsBeyondTheEnd() throws IOException {
        new PickleAssembler().op(PickleOp.BINUNICODE).int32(-1).save(file);
        assertRefused("4294967295 bytes");
        new PickleAssembler()
                .op(PickleOp.BINUNICODE8)
                .int32(0)
                .int32(Integer.MIN_VALUE)
                .save(file);
        assertRefused("9223372036854775808 bytes");
        new PickleAssembler().op(PickleOp.LONG1).raw(200).save(file);
        assertRefused("200 bytes");
    }

    @Test
    void refusesStacksThatRunEmpty() throws IOException {
        for (int opcode : new int[] {
            PickleOp.POP,
            PickleOp.TUPLE,
            PickleOp.TUPLE3,
            PickleOp.APPEND,
            PickleOp.SETITEM,
            PickleOp.REDUCE,
            PickleOp.BUILD,
            PickleOp.BINPERSID,
            PickleOp.STACK_GLOBAL,
            PickleOp.DUP,
            PickleOp.STOP
        }) {
            new PickleAssembler().op(opcode).save(file);
            assertRefused("a whole pickle");
        }
    }

    @Test
    void refusesAPickleWithoutEnd() throws IOException {
        byte[] whole = new PickleAssembler().text("abc").stop();
        for (int length = 0; length < whole.length; length++) {
            PickleAssembler.pack(file, Map.of("archive/data.pkl", Arrays.copyOf(whole, length)));
            assertRefused();
        }
    }

    @Test
    void refusesBigEndianFiles() throws IOException {
        PickleAssembler.pack(
                file,
                Map.of(
                        "archive/data.pkl",
                        new PickleAssembler().op(PickleOp.NONE).stop(),
                        "archive/byteorder",
                        "big".getBytes(StandardCharsets.US_ASCII)));

        assertRefused("byte order");
    }

    @Test
    void saysWhatAForeignFileIs() throws IOException {
        Map<String, String> heads = Map.of(
                "", "an empty file",
                "<!DOCTYPE html><html>", "an HTML page",
                "version https://git-lfs.github.com/spec/v1\n", "git lfs pull",
                "\u0080\2\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019.", "a whole pickle",
                "\u0089HDF\r\n\u001a\n", "HDF5",
                "12345678{\"a\":1}", "safetensors",
                "\u0093NUMPY\1\0", ".npy",
                "whatever", "neither");
        for (Map.Entry<String, String> head : heads.entrySet()) {
            Files.write(file, head.getKey().getBytes(StandardCharsets.ISO_8859_1));
            assertRefused(head.getValue());
        }
    }

    @Test
    void refusesAZipArchiveThatIsNoCheckpoint() throws IOException {
        PickleAssembler.pack(file, Map.of("notes.txt", new byte[3]));

        assertRefused("0 entries named */data.pkl");
    }

    @Test
    void refusesAFolder() throws IOException {
        Files.createDirectory(file);

        assertRefused("a folder");
    }

    @Test
    void saysThatAFileIsMissing() {
        NoSuchFileException missing = Assertions.assertThrows(NoSuchFileException.class, () -> PthFile.read(file));

        assertEquals(file + ": no such file", missing.getMessage());
    }

    @Test
    void refusesEveryTruncation() throws IOException {
        PthFile.write(file, Trees.everyKind());
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length += 7) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertRefused();
        }
    }

    @Test
    void refusesAFlippedBitInATensor() throws IOException {
        PthFile.write(file, Tree.of(HostTensor.of(new float[] {1, 2, 3}, 3)));
        byte[] bytes = Files.readAllBytes(file);
        bytes[indexOf(bytes, new byte[] {0, 0, (byte) 0x80, 0x3f})] ^= 1;
        Files.write(file, bytes);

        assertRefused("archive/data/0", "CRC-32");
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        int at = 0;
        while (!Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
            at++;
        }
        return at;
    }
}
