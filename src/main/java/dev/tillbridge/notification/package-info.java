/**
 * Mail to who must act: notices that stages raise and resolve in their own transactions, and the loop that makes one
 * digest per channel of those that are open. It may use {@code channel} and {@code platform}; stages and the engine call it
 * through {@link dev.tillbridge.notification.Notices} and nothing else. What cannot be sent is tried again, and nobody waits
 * for a mail server.
 */
package dev.tillbridge.notification;
