package dev.tillbridge.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** What a process has used so far; -1 MB where nobody tells, which Linux does. */
public record ProcessUsage(Duration cpu, long residentPeakMb) {

    public static ProcessUsage of(long pid) throws IOException {
        Duration cpu = ProcessHandle.of(pid).flatMap(process -> process.info().totalCpuDuration()).orElse(Duration.ZERO);
        return new ProcessUsage(cpu, megabytes(pid, "VmHWM:"));
    }

    /** Now, in MB; -1 where nobody tells. */
    public static long residentMb(long pid) throws IOException {
        return megabytes(pid, "VmRSS:");
    }

    /** Now; -1 where nobody tells. */
    public static long threads(long pid) throws IOException {
        return status(pid, "Threads:");
    }

    /** Open files and sockets; -1 where nobody tells. */
    public static long descriptors(long pid) throws IOException {
        Path open = of(pid, "fd");
        if (!Files.exists(open)) {
            return -1;
        }
        try (Stream<Path> all = Files.list(open)) {
            return all.count();
        }
    }

    private static long megabytes(long pid, String field) throws IOException {
        long kilobytes = status(pid, field);
        return kilobytes < 0 ? -1 : kilobytes / 1024;
    }

    private static long status(long pid, String field) throws IOException {
        Path status = of(pid, "status");
        if (!Files.exists(status)) {
            return -1;
        }
        return Files.readAllLines(status).stream().filter(line -> line.startsWith(field))
                .map(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElse(-1L);
    }

    private static Path of(long pid, String what) {
        return Path.of("/proc", Long.toString(pid), what);
    }
}
