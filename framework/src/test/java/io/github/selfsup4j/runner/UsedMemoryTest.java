package io.github.selfsup4j.runner;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class UsedMemoryTest {
    @Test
    void countsWhatTheProcessHoldsOutsideTheHeapToo() {
        long before = UsedMemory.megabytes(Device.cpu()).orElseThrow();
        ByteBuffer block = ByteBuffer.allocateDirect(64 << 20);
        for (int i = 0; i < block.capacity(); i += 4096) {
            block.put(i, (byte) 1);
        }
        long after = UsedMemory.megabytes(Device.cpu()).orElseThrow();
        assertTrue(after - before > 48, before + " MB, then " + after + " MB");
        assertTrue(UsedMemory.peakMegabytes(Device.cpu()).orElseThrow() >= after);
    }
}
