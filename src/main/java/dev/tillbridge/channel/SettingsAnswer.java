package dev.tillbridge.channel;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * Settings as the API shows them: the document, and beside its parts what works but not as a merchant may expect.
 *
 * @param preview what they would do; missing where they were read or stored
 * @param version for the header {@code ETag}
 */
record SettingsAnswer(@JsonUnwrapped ChannelSettings settings, List<Warning> warnings,
        @JsonInclude(JsonInclude.Include.NON_NULL) SettingsPreview preview, @JsonIgnore int version) {

    SettingsAnswer with(SettingsPreview of) {
        return new SettingsAnswer(settings, warnings, of, version);
    }
}
