package dev.tillbridge.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;

class JsonLinesTest {

    @Property
    void linesAreTheSameHoweverTheBytesArrive(
            @ForAll @Size(max = 20) List<@NotEmpty @CharRange(from = 'a', to = 'ÿ') String> lines,
            @ForAll @IntRange(min = 1, max = 17) int piece, @ForAll boolean ended) {
        var text = String.join("\n", lines) + (ended && !lines.isEmpty() ? "\n" : "");
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var cutter = new JsonLines(1000);
        List<byte[]> read = new ArrayList<>();
        for (int i = 0; i < bytes.length; i += piece) {
            read.addAll(cutter.feed(Arrays.copyOfRange(bytes, i, Math.min(bytes.length, i + piece))));
        }
        read.addAll(cutter.end());

        assertThat(read.stream().map(line -> new String(line, StandardCharsets.UTF_8)).toList()).isEqualTo(lines);
    }

    @Property(tries = 1)
    void aLineWithoutEndIsRefusedBeforeItFillsTheMemory() {
        var cutter = new JsonLines(10);
        assertThat(cutter.feed(new byte[10])).isEmpty();
        assertThatThrownBy(() -> cutter.feed(new byte[1])).isInstanceOf(IllegalStateException.class);
    }
}
