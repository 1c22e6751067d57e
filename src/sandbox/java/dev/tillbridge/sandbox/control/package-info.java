/**
 * The control API under {@code /_sandbox}: seed, change, spoil, look up. Each vendor's side adds its own calls through
 * {@link dev.tillbridge.sandbox.control.ControlRoutes}; {@code GET /_sandbox} documents them all. No authentication: the
 * sandbox holds nothing real.
 */
package dev.tillbridge.sandbox.control;
