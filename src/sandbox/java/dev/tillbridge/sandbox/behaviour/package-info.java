/**
 * How the simulated vendors behave where it can be chosen: {@link dev.tillbridge.sandbox.behaviour.Behaviour} for what the
 * vendors' documents leave open, {@link dev.tillbridge.sandbox.behaviour.Limits} for rate limits and latency. Values only.
 */
package dev.tillbridge.sandbox.behaviour;
