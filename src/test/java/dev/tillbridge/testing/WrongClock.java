package dev.tillbridge.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

import net.bytebuddy.jar.asm.ClassReader;

/** Options of a JVM whose clock is off, see {@link ClockShift}. */
public final class WrongClock {

    private static final String AGENT = ClockShift.class.getName();

    private WrongClock() {}

    /** What a process is started with, so that its clock is off by so much. */
    public static String option(Duration shift) {
        try {
            Path jar = JavaProcess.file("wrong-clock.jar").toAbsolutePath();
            pack(jar);
            return "-javaagent:" + jar + "=" + shift;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pack(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.CLASS_PATH, location(ClassReader.class).toString());
        attributes.putValue("Premain-Class", AGENT);
        attributes.putValue("Can-Retransform-Classes", "true");
        Path classes = Path.of(location(ClockShift.class))
                .resolve(AGENT.substring(0, AGENT.lastIndexOf('.')).replace('.', '/'));
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream packed = new JarOutputStream(file, manifest)) {
            for (Path each : of(classes)) {
                packed.putNextEntry(new JarEntry(AGENT.substring(0, AGENT.lastIndexOf('.') + 1).replace('.', '/')
                        + each.getFileName()));
                Files.copy(each, packed);
            }
        }
    }

    private static List<Path> of(Path classes) throws IOException {
        try (Stream<Path> all = Files.list(classes)) {
            return all.filter(
                    each -> each.getFileName().toString().matches(ClockShift.class.getSimpleName() + "(\\$.*)?\\.class"))
                    .toList();
        }
    }

    private static URI location(Class<?> type) {
        try {
            return type.getProtectionDomain().getCodeSource().getLocation().toURI();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
