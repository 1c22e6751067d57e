package dev.tillbridge.k8s;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.tillbridge.k8s.PromQuery.Selector;

/** What a running service tells Prometheus: metrics, their labels, and the labels' values. */
final class ExposedMetrics {

    private static final Pattern SAMPLE = Pattern.compile("^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? \\S+$");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\"");
    /** Put on by Prometheus itself, of the pod that was asked. */
    private static final Set<String> OF_THE_TARGET = Set.of("namespace", "pod", "job", "instance", "service");

    private final Map<String, Map<String, Set<String>>> metrics = new TreeMap<>();

    /** @param scraped an answer of {@code /q/metrics} in the text format */
    ExposedMetrics(String scraped) {
        scraped.lines().filter(line -> !line.startsWith("#")).map(SAMPLE::matcher).filter(Matcher::matches).forEach(sample -> {
            Map<String, Set<String>> labels = metrics.computeIfAbsent(sample.group(1), name -> new TreeMap<>());
            if (sample.group(2) != null) {
                Matcher label = LABEL.matcher(sample.group(2));
                while (label.find()) {
                    labels.computeIfAbsent(label.group(1), name -> new TreeSet<>()).add(label.group(2));
                }
            }
        });
    }

    /** What an expression asks for in vain; empty where every series of it is there. */
    List<String> problems(String name, String expression) {
        List<String> problems = new ArrayList<>();
        PromQuery query;
        try {
            query = PromQuery.parse(expression);
        } catch (IllegalArgumentException e) {
            return List.of(name + ": " + e.getMessage());
        }
        Set<String> labels = new TreeSet<>(OF_THE_TARGET);
        for (Selector selector : query.selectors()) {
            if (metrics.containsKey(selector.metric())) {
                labels.addAll(metrics.get(selector.metric()).keySet());
                selector.matchers().forEach((label, matcher) -> look(name, selector.metric(), label, matcher, problems));
            } else {
                problems.add(name + ": the service has no metric " + selector.metric());
            }
        }
        query.grouping().stream().filter(label -> !labels.contains(label))
                .forEach(label -> problems.add(name + ": no metric has the label " + label));
        return problems;
    }

    private void look(String name, String metric, String label, String matcher, List<String> problems) {
        if (OF_THE_TARGET.contains(label)) {
            return;
        }
        Set<String> values = metrics.get(metric).get(label);
        if (values == null) {
            problems.add(name + ": " + metric + " has no label " + label);
        } else if (matcher.startsWith("=\"") && !values.contains(matcher.substring(2, matcher.length() - 1))) {
            problems.add(name + ": " + metric + " was never seen with " + label + matcher);
        }
    }
}
