package io.github.selfsup4j.nn;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The smallest TorchScript archive: a pickled module without attributes, and the source text of its methods. This is
 * what {@code torch.jit.load} reads.
 */
final class KernelArchive {
    private KernelArchive() {}

    /**
     * Packs methods into an archive.
     *
     * @param methods {@code def name(self, ...)} texts, indented by two
     */
    static InputStream of(String methods) {
        String source = "class Kernels(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n"
                + methods.replace("(self,", "(self: __torch__.Kernels,");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setMethod(ZipOutputStream.STORED);
            put(zip, "k/data.pkl", pickledModule());
            put(zip, "k/code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
            put(zip, "k/constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
            put(zip, "k/version", "3\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    private static byte[] pickledModule() throws IOException {
        ByteArrayOutputStream pickle = new ByteArrayOutputStream();
        pickle.write(new byte[] {(byte) 0x80, 2}); // PROTO 2
        pickle.write("c__torch__\nKernels\n)".getBytes(StandardCharsets.US_ASCII)); // GLOBAL, EMPTY_TUPLE
        pickle.write(0x81); // NEWOBJ
        pickle.write("}(X".getBytes(StandardCharsets.US_ASCII)); // EMPTY_DICT, MARK, BINUNICODE
        pickle.write(new byte[] {8, 0, 0, 0});
        pickle.write("training".getBytes(StandardCharsets.US_ASCII));
        pickle.write(0x88); // NEWTRUE
        pickle.write("ub.".getBytes(StandardCharsets.US_ASCII)); // SETITEMS, BUILD, STOP
        return pickle.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setSize(content.length);
        entry.setCompressedSize(content.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
