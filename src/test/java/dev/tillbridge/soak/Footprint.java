package dev.tillbridge.soak;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.tillbridge.testing.JsonClient;
import dev.tillbridge.testing.ProcessUsage;
import dev.tillbridge.testing.ServiceProcess;

/**
 * What a replica that is never killed holds on to after a seed, its stores disconnected.
 *
 * @param heapMb in use after a full collection
 * @param residentMb of the whole process; its heap is resident from the start, so that what grows is something else
 * @param descriptors open files and connections
 */
record Footprint(long heapMb, long residentMb, long threads, long descriptors) {

    /** The first seed fills what is filled once; by so much more may be held after a later one. */
    private static final Footprint SLACK = new Footprint(12, 48, 10, 60);

    static Footprint of(ServiceProcess replica) throws IOException, InterruptedException {
        long pid = replica.pid();
        Process collected = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid), "GC.run")
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        if (collected.waitFor() != 0) {
            throw new IllegalStateException("jcmd does not reach process " + pid);
        }
        long heap = new JsonClient(replica.base(), null).send("GET", "/q/metrics", null).body().lines()
                .filter(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).sum();
        return new Footprint(heap / (1024 * 1024), ProcessUsage.residentMb(pid), ProcessUsage.threads(pid),
                ProcessUsage.descriptors(pid));
    }

    /** What is held more of than after the first seed, and more than chance explains. */
    List<String> grownSince(Footprint first) {
        List<String> grown = new ArrayList<>();
        grown("live heap in MiB", first.heapMb, heapMb, SLACK.heapMb, grown);
        grown("resident memory in MiB", first.residentMb, residentMb, SLACK.residentMb, grown);
        grown("threads", first.threads, threads, SLACK.threads, grown);
        grown("open files and connections", first.descriptors, descriptors, SLACK.descriptors, grown);
        return grown;
    }

    private static void grown(String what, long before, long now, long slack, List<String> grown) {
        if (now > before + slack) {
            grown.add("a replica that was never killed has grown: " + what + " " + now + " after " + before);
        }
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "heap %d MiB, resident %d MiB, %d threads, %d open files", heapMb, residentMb,
                threads,
                descriptors);
    }
}
