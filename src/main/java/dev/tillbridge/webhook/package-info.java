/**
 * Webhooks: who sent one is checked, what it says changed is stored, and the engine is woken. A port of the vendor's says what a
 * delivery means; nothing is read or written at a vendor here but the subscriptions themselves.
 */
package dev.tillbridge.webhook;
