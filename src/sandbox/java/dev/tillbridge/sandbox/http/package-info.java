/**
 * The HTTP front that both simulated vendors share: {@link dev.tillbridge.sandbox.http.VendorServer} logs, delays, spoils and
 * answers; a {@link dev.tillbridge.sandbox.http.VendorSide} says what is called and does it. Knows no vendor.
 */
package dev.tillbridge.sandbox.http;
