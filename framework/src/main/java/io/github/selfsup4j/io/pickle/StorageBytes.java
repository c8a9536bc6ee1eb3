package io.github.selfsup4j.io.pickle;

import io.github.selfsup4j.io.disk.FormatException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Where in a file the bytes of a storage are. */
public interface StorageBytes {
    long size();

    /** Bytes {@code start} to {@code start + length}, which the caller has checked to lie inside. */
    ByteBuffer slice(long start, long length) throws IOException;

    /** Finds the storages of a checkpoint. */
    @FunctionalInterface
    interface Source {
        /**
         * The bytes of the storage of a key.
         *
         * @throws FormatException if there are none
         */
        StorageBytes open(String key) throws IOException;
    }
}
