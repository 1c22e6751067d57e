package dev.tillbridge.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A PostgreSQL that outlived its JVM: {@code kill -9} runs no shutdown hook. */
final class LeftDatabase {

    private static final int SECONDS_TO_STOP = 10;

    private LeftDatabase() {}

    /** Stops the server whose data directory this is, if it still runs, and deletes the directory. */
    static void stopAndDelete(Path data) throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (Files.exists(pidFile)) {
            stop(Files.readAllLines(pidFile), data);
        }
        if (Files.exists(data)) {
            try (Stream<Path> files = Files.walk(data)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** Line 1 of the file is the process, line 2 its data directory; the process's number may be another one's by now. */
    private static void stop(List<String> pidFile, Path data) throws IOException {
        Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(pidFile.get(0).trim()))
                .filter(handle -> handle.info().command().map(command -> Path.of(command).endsWith("postgres")).orElse(false));
        if (process.isEmpty() || !process.get().destroy()) {
            return;
        }
        try {
            process.get().onExit().get(SECONDS_TO_STOP, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new IOException("The PostgreSQL of an earlier demo in " + data + " does not stop.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while the PostgreSQL of an earlier demo stops.", e);
        }
    }
}
