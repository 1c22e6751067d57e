package dev.tillbridge.testing;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.charset.StandardCharsets;
import java.security.ProtectionDomain;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Set;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.utility.OpenedClassReader;

/**
 * An agent that makes a JVM's clock wrong: whoever asks for the time of day, by {@code java.time} or by
 * {@code System.currentTimeMillis}, gets it shifted; what tells how long something took stays right. Its argument is a duration.
 */
public final class ClockShift implements ClassFileTransformer {

    private static final String CLOCK = "java/time/Clock";
    /** Of the JDK itself those alone: its other classes are in use already, and measure with the clock. */
    private static final Set<String> JDK = Set.of(CLOCK, "java/time/Clock$SystemClock", "java/util/Date");
    private static final Duration EXACT = Duration.ofSeconds(10);

    private final long millis;

    private ClockShift(long millis) {
        this.millis = millis;
    }

    /** Fails where the clock would still be right, and the JVM does not start. */
    public static void premain(String shift, Instrumentation jvm) throws UnmodifiableClassException, ClassNotFoundException {
        Duration wanted = Duration.parse(shift);
        Instant right = Instant.now();
        jvm.addTransformer(new ClockShift(wanted.toMillis()), true);
        jvm.retransformClasses(Clock.class, Class.forName("java.time.Clock$SystemClock"), Date.class);
        for (Instant wrong : new Instant[]{ Instant.now(), Clock.systemUTC().instant(),
                Instant.ofEpochMilli(Clock.systemUTC().millis())}) {
            if (Duration.between(right, wrong).minus(wanted).abs().compareTo(EXACT) > 0) {
                throw new IllegalStateException(
                        "The clock tells " + wrong + " at " + right + ", and should be off by " + wanted);
            }
        }
    }

    @Override
    public byte[] transform(ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] file) {
        boolean concerned = loader == null ? JDK.contains(name) : asks(file);
        if (!concerned) {
            return null;
        }
        ClassReader reader = new ClassReader(file);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(new Callers(writer, millis, CLOCK.equals(name)), 0);
        return writer.toByteArray();
    }

    /** Whether a method of that name is mentioned at all. */
    private static boolean asks(byte[] file) {
        return new String(file, StandardCharsets.ISO_8859_1).contains("currentTimeMillis");
    }

    /** Adds to what the clock answers, wherever it is called. */
    private static final class Callers extends ClassVisitor {

        private final long millis;
        private final boolean clock;

        Callers(ClassVisitor next, long millis, boolean clock) {
            super(OpenedClassReader.ASM_API, next);
            this.millis = millis;
            this.clock = clock;
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            if (clock) {
                return name.equals("currentInstant") ? new Returned(next, millis) : next;
            }
            return new Called(next, millis);
        }
    }

    private static final class Called extends MethodVisitor {

        private final long millis;

        Called(MethodVisitor next, long millis) {
            super(OpenedClassReader.ASM_API, next);
            this.millis = millis;
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean anInterface) {
            super.visitMethodInsn(opcode, owner, name, descriptor, anInterface);
            if (owner.equals("java/lang/System") && name.equals("currentTimeMillis")) {
                visitLdcInsn(millis);
                visitInsn(Opcodes.LADD);
            }
        }
    }

    private static final class Returned extends MethodVisitor {

        private final long millis;

        Returned(MethodVisitor next, long millis) {
            super(OpenedClassReader.ASM_API, next);
            this.millis = millis;
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == Opcodes.ARETURN) {
                visitLdcInsn(millis);
                visitMethodInsn(Opcodes.INVOKEVIRTUAL, "java/time/Instant", "plusMillis", "(J)Ljava/time/Instant;", false);
            }
            super.visitInsn(opcode);
        }
    }
}
