package io.github.selfsup4j.imaging;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;

/**
 * What native libraries print about damaged pictures on their own ("Corrupt JPEG data: ..."). It names no file; the log
 * tells what matters, with the path.
 */
final class NativeMessages {
    private NativeMessages() {}

    /**
     * Lets the C library's {@code stderr} lead nowhere, in the whole process; Java's, and that of C++, are others. Only
     * on Linux.
     */
    static void silence() {
        if (!Platform.isLinux()) {
            return;
        }
        try {
            NativeLibrary process = NativeLibrary.getProcess();
            Pointer nowhere = process.getFunction("fopen").invokePointer(new Object[] {"/dev/null", "w"});
            if (nowhere != null && Native.POINTER_SIZE == Long.BYTES) {
                process.getGlobalVariableAddress("stderr").setPointer(0, nowhere);
            }
        } catch (UnsatisfiedLinkError e) {
            // A C library without that name, or a folder where nothing may be loaded from: the messages stay.
        }
    }
}
