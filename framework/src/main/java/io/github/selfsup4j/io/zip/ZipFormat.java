package io.github.selfsup4j.io.zip;

/** Numbers of the zip format (PKWARE's APPNOTE 6.3). */
final class ZipFormat {
    static final int LOCAL_HEADER = 0x04034b50;
    static final int CENTRAL_HEADER = 0x02014b50;
    static final int END = 0x06054b50;
    static final int END64 = 0x06064b50;
    static final int END64_LOCATOR = 0x07064b50;
    static final int LOCAL_HEADER_SIZE = 30;
    static final int CENTRAL_HEADER_SIZE = 46;
    static final int END_SIZE = 22;
    static final int END64_SIZE = 56;
    static final int END64_LOCATOR_SIZE = 20;
    static final int LONGEST_COMMENT = 0xffff;
    static final int ENCRYPTED_FLAG = 1;
    static final int UTF8_FLAG = 0x800;
    static final int STORED = 0;
    static final int DEFLATED = 8;
    /** A 32-bit size or offset of this value stands in the ZIP64 extra field instead. */
    static final long IN_ZIP64 = 0xffffffffL;
    /** The same for the number of entries. */
    static final int COUNT_IN_ZIP64 = 0xffff;

    static final int ZIP64_EXTRA = 1;
    static final int ZIP64_VERSION = 45;

    private ZipFormat() {}
}
