package dev.tillbridge.testing;

import java.util.List;

import io.smallrye.mutiny.Uni;

import dev.tillbridge.platform.Fence;
import dev.tillbridge.platform.QuietPass;

/** A turn that keeps what failed, as {@code subject code}. */
public final class TestPass extends QuietPass {

    private final List<String> failures;

    public TestPass(Fence fence, List<String> failures) {
        super(fence);
        this.failures = failures;
    }

    @Override
    public Uni<Void> failed(String subject, String code, String message) {
        failures.add(subject + " " + code);
        return super.failed(subject, code, message);
    }
}
