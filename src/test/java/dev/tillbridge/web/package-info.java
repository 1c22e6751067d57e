/**
 * The dashboard in a real browser, against the packaged service and the sandbox. Where no Chromium is found these tests are left
 * out and say so. Pictures of every page are in {@code target/screenshots}.
 */
package dev.tillbridge.web;
