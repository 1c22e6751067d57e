/**
 * How webhooks leave the sandbox, the same for both vendors: {@link dev.tillbridge.sandbox.webhook.WebhookSender} posts, retries,
 * loses, doubles, delays and reorders. Knows no vendor: what is told, and how it is signed, is theirs.
 */
package dev.tillbridge.sandbox.webhook;
