package dev.tillbridge.notification;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** {@code templates/mail}: checked against the digest's fields when the service is built. Qute escapes what is put into HTML. */
@CheckedTemplate(basePath = "mail", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
final class DigestTemplates {

    private DigestTemplates() {}

    static native TemplateInstance digestHtml(Digest digest);

    static native TemplateInstance digestText(Digest digest);
}
