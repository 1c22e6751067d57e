package dev.tillbridge.shopify;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Cuts a stream of bytes into lines, keeping no more than the one that is not whole yet. */
final class JsonLines {

    private final int longest;
    private final ByteArrayOutputStream rest = new ByteArrayOutputStream();

    /** {@code longest}: in bytes; a longer line is not what was asked for and would fill the memory. */
    JsonLines(int longest) {
        this.longest = longest;
    }

    /** The lines that these bytes complete, empty ones left out. */
    List<byte[]> feed(byte[] bytes) {
        List<byte[]> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                keep(bytes, start, i - start);
                drain(lines);
                start = i + 1;
            }
        }
        keep(bytes, start, bytes.length - start);
        return lines;
    }

    /** What is left when the stream has ended: a last line without its end, or nothing. */
    List<byte[]> end() {
        List<byte[]> lines = new ArrayList<>();
        drain(lines);
        return lines;
    }

    private void keep(byte[] bytes, int from, int length) {
        if (rest.size() + length > longest) {
            throw new IllegalStateException("A line is longer than " + longest + " bytes");
        }
        rest.write(bytes, from, length);
    }

    private void drain(List<byte[]> lines) {
        var line = rest.toByteArray();
        rest.reset();
        if (line.length > 0 && !(line.length == 1 && line[0] == '\r')) {
            lines.add(line);
        }
    }
}
