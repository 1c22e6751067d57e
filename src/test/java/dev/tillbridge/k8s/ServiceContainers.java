package dev.tillbridge.k8s;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

/** The containers that run the service: whether their image is one that the build makes, and their heap fits their memory. */
final class ServiceContainers {

    private static final Pattern HEAP = Pattern.compile("-Xmx(\\d+)m");
    private static final Pattern MEMORY = Pattern.compile("(\\d+)(Mi|Gi)");
    /** Of an image: the rest is what the process needs beside its heap. */
    private static final double LARGEST_SHARE = 0.75;
    private static final double SMALLEST_SHARE = 0.4;

    private final String image;

    /** @param version of the build */
    ServiceContainers(String group, String name, String version) {
        this.image = "(?:[a-z0-9.:-]+/)?" + Pattern.quote(group + "/" + name + ":" + version) + "(?:-jvm)?";
    }

    /** @param foreignImages images that others make, to the letter */
    List<String> problems(List<? extends JsonNode> objects, List<String> foreignImages) {
        List<String> problems = new ArrayList<>();
        for (PodTemplate pods : PodTemplate.of(objects)) {
            for (JsonNode container : pods.containers()) {
                String name = pods.owner() + ", " + container.path("name").asText() + ": ";
                if (container.path("image").asText().matches(image)) {
                    heap(name, container, problems);
                } else if (!foreignImages.contains(container.path("image").asText())) {
                    problems.add(name + "the build makes no image " + container.path("image").asText());
                }
            }
        }
        objects.stream().map(object -> object.at("/spec/imageName").asText()).filter(name -> !name.isEmpty())
                .filter(name -> !foreignImages.contains(name)).forEach(name -> problems.add("No such image: " + name));
        return problems;
    }

    private static void heap(String name, JsonNode container, List<String> problems) {
        String options = container.path("args").toString();
        for (JsonNode variable : container.path("env")) {
            if (variable.path("name").asText().equals("JAVA_TOOL_OPTIONS")) {
                options = variable.path("value").asText();
            }
        }
        Matcher heap = HEAP.matcher(options);
        Matcher limit = MEMORY.matcher(container.at("/resources/limits/memory").asText());
        if (!heap.find() || !limit.matches()) {
            problems.add(name + "no heap (-Xmx) or no memory limit is set");
            return;
        }
        int memory = Integer.parseInt(limit.group(1)) * (limit.group(2).equals("Gi") ? 1024 : 1);
        double share = Double.parseDouble(heap.group(1)) / memory;
        if (share > LARGEST_SHARE || share < SMALLEST_SHARE) {
            problems.add(name + "a heap of " + heap.group(1) + " MiB in " + memory + " MiB");
        }
    }
}
