package dev.tillbridge.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What a process has used so far; -1 MB where nobody tells, which Linux does. */
record ProcessUsage(Duration cpu, long residentPeakMb) {

    static ProcessUsage of(long pid) throws IOException {
        Duration cpu = ProcessHandle.of(pid).flatMap(process -> process.info().totalCpuDuration()).orElse(Duration.ZERO);
        return new ProcessUsage(cpu, memory(pid, "VmHWM:"));
    }

    /** Now, in MB; -1 where nobody tells. */
    static long residentMb(long pid) throws IOException {
        return memory(pid, "VmRSS:");
    }

    private static long memory(long pid, String field) throws IOException {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        if (!Files.exists(status)) {
            return -1;
        }
        return Files.readAllLines(status).stream().filter(line -> line.startsWith(field))
                .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024).findFirst().orElse(-1L);
    }
}
