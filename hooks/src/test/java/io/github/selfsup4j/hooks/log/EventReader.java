package io.github.selfsup4j.hooks.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads event files by the published formats, sharing no code with the writer. */
final class EventReader {

    /** A record of the file; what a record lacks is null, 0 or empty. */
    static final class Event {
        double wallTime;
        long step;
        String fileVersion;
        final Map<String, Float> scalars = new LinkedHashMap<>();
    }

    private EventReader() {}

    static List<Event> read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<Event> events = new ArrayList<>();
        while (bytes.hasRemaining()) {
            events.add(event(record(bytes)));
        }
        return events;
    }

    private static ByteBuffer record(ByteBuffer bytes) {
        byte[] head = new byte[8];
        bytes.get(head);
        check(head, bytes.getInt());
        byte[] data = new byte
                [(int) ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getLong()];
        bytes.get(data);
        check(data, bytes.getInt());
        return ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void check(byte[] data, int masked) {
        int rotated = masked - 0xa282ead8;
        if ((rotated >>> 17 | rotated << 15) != crc32c(data)) {
            throw new IllegalArgumentException("wrong checksum");
        }
    }

    /** Bit by bit, with the reflected Castagnoli polynomial. */
    private static int crc32c(byte[] data) {
        int crc = ~0;
        for (byte b : data) {
            crc ^= b & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc >>> 1 ^ (crc & 1) * 0x82f63b78;
            }
        }
        return ~crc;
    }

    private static Event event(ByteBuffer message) {
        Event event = new Event();
        while (message.hasRemaining()) {
            switch ((int) varint(message)) {
                case 1 << 3 | 1 -> event.wallTime = message.getDouble();
                case 2 << 3 -> event.step = varint(message);
                case 3 << 3 | 2 -> event.fileVersion = text(message);
                case 5 << 3 | 2 -> summary(part(message), event);
                default -> throw new IllegalArgumentException("unknown field of Event");
            }
        }
        return event;
    }

    private static void summary(ByteBuffer message, Event event) {
        while (message.hasRemaining()) {
            expect(1 << 3 | 2, message);
            ByteBuffer value = part(message);
            expect(1 << 3 | 2, value);
            String tag = text(value);
            expect(2 << 3 | 5, value);
            event.scalars.put(tag, value.getFloat());
        }
    }

    private static void expect(int key, ByteBuffer message) {
        if (varint(message) != key) {
            throw new IllegalArgumentException("expected field key " + key);
        }
    }

    private static String text(ByteBuffer message) {
        return StandardCharsets.UTF_8.decode(part(message)).toString();
    }

    private static ByteBuffer part(ByteBuffer message) {
        int length = (int) varint(message);
        ByteBuffer part = message.slice(message.position(), length).order(ByteOrder.LITTLE_ENDIAN);
        message.position(message.position() + length);
        return part;
    }

    private static long varint(ByteBuffer message) {
        long value = 0;
        int shift = 0;
        byte b;
        do {
            b = message.get();
            value |= (b & 0x7fL) << shift;
            shift += 7;
        } while (b < 0);
        return value;
    }
}
