package io.github.selfsup4j.io.torch;

import io.github.selfsup4j.io.disk.FormatException;
import io.github.selfsup4j.io.pickle.StorageBytes;
import io.github.selfsup4j.io.zip.ZipEntry;
import io.github.selfsup4j.io.zip.ZipReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * The storages of a PyTorch archive.
 *
 * @param folder the archive's top folder with its slash; storages are the entries {@code FOLDERdata/KEY}
 */
record ZipStorages(Path file, ZipReader zip, String folder) implements StorageBytes.Source {

    /** The bytes of a storage, checked against their CRC. */
    @Override
    public StorageBytes open(String key) throws IOException {
        ZipEntry entry = zip.entries().get(folder + "data/" + key);
        if (entry == null) {
            throw new FormatException(
                    file, "no storage '" + key + "' though a tensor uses it", "an entry " + folder + "data/" + key);
        }
        if (entry.deflated()) {
            throw new FormatException(file, "storage '" + key + "' compressed", "it stored, as torch.save writes it");
        }
        zip.verify(entry);
        return new Stored(zip, entry);
    }

    private record Stored(ZipReader zip, ZipEntry entry) implements StorageBytes {
        @Override
        public long size() {
            return entry.size();
        }

        @Override
        public ByteBuffer slice(long start, long length) throws IOException {
            return zip.slice(entry, start, length);
        }
    }
}
