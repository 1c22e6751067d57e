package dev.tillbridge.sandbox.shopify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;

import io.vertx.core.buffer.Buffer;

/** A file in parts. Holds nothing open between two parts, as a client may leave in the middle. */
final class FileChunks implements Iterator<Buffer> {

    private static final int SIZE = 1 << 18;

    private final Path file;
    private final long length;
    private long position;

    FileChunks(Path file, long length) {
        this.file = file;
        this.length = length;
    }

    @Override
    public boolean hasNext() {
        return position < length;
    }

    @Override
    public Buffer next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        ByteBuffer part = ByteBuffer.allocate((int) Math.min(SIZE, length - position));
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            channel.position(position);
            while (part.hasRemaining()) {
                if (channel.read(part) < 0) {
                    throw new IOException("The result is shorter than it was.");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        position += part.position();
        return Buffer.buffer(part.array());
    }
}
