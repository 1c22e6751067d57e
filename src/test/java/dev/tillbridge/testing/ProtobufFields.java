package dev.tillbridge.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The fields of a protobuf message that have a length: texts, bytes and messages, by their numbers (protobuf.dev/programming-guides/encoding). */
final class ProtobufFields {

    private static final byte[] NOTHING = new byte[0];

    private final Map<Integer, List<byte[]>> fields = new HashMap<>();

    private ProtobufFields() {}

    static ProtobufFields of(byte[] message) {
        ProtobufFields read = new ProtobufFields();
        ByteBuffer rest = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        while (rest.hasRemaining()) {
            long tag = varint(rest);
            switch ((int) (tag & 7)) {
                case 0 -> varint(rest);
                case 1 -> rest.position(rest.position() + Long.BYTES);
                case 2 -> {
                    byte[] value = new byte[(int) varint(rest)];
                    rest.get(value);
                    read.fields.computeIfAbsent((int) (tag >> 3), number -> new ArrayList<>()).add(value);
                }
                case 5 -> rest.position(rest.position() + Integer.BYTES);
                default -> throw new IllegalArgumentException("No protobuf: wire type " + (tag & 7));
            }
        }
        return read;
    }

    List<byte[]> all(int number) {
        return fields.getOrDefault(number, List.of());
    }

    /** Empty where there is none. */
    byte[] first(int number) {
        List<byte[]> all = all(number);
        return all.isEmpty() ? NOTHING : all.get(0);
    }

    private static long varint(ByteBuffer from) {
        long value = 0;
        for (int shift = 0;; shift += 7) {
            byte next = from.get();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
