/**
 * Simulated Clover and Shopify for the demo, tests, load and faults; never part of the product's artefact.
 *
 * <p>{@link dev.tillbridge.sandbox.Sandbox} starts one HTTP server per vendor and one for the control API. Everything runs on
 * one Vert.x event loop: the books of both vendors are plain collections that only this loop touches, so there are no locks,
 * and the order of effects is the order of requests. From other threads (tests) go through {@code Sandbox.call}.
 *
 * <p>A vendor's rule is implemented as documented or observed, with its source in the docstring of the class that holds it.
 * What the vendors leave open is a named switch ({@link dev.tillbridge.sandbox.behaviour.Behaviour}), never a guess.
 *
 * <p>Plain Vert.x and Jackson only: the sandbox runs inside the dev-mode JVM, inside tests and as a process of its own. The
 * one exception is {@code sandbox.dev}, which joins it to the service in dev mode. Nothing here may use the product's classes.
 */
package dev.tillbridge.sandbox;
