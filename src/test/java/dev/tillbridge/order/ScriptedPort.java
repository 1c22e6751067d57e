package dev.tillbridge.order;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.smallrye.mutiny.Uni;

/** A port whose answers are laid out call by call; what was asked is kept. A call without answer fails as a fault of ours. */
public final class ScriptedPort<T> {

    private final Map<String, Function<Object[], Object>> answers = new HashMap<>();
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private final T port;

    public ScriptedPort(Class<T> type) {
        this.port = type
                .cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{ type}, (proxy, method, arguments) -> {
                    calls.add(method.getName());
                    Function<Object[], Object> answer = answers.get(method.getName());
                    if (answer == null) {
                        throw new UnsupportedOperationException("no answer is laid out for " + method.getName());
                    }
                    return answer.apply(arguments);
                }));
    }

    public T port() {
        return port;
    }

    public ScriptedPort<T> on(String call, Function<Object[], Object> answer) {
        answers.put(call, answer);
        return this;
    }

    public ScriptedPort<T> item(String call, Object item) {
        return on(call, arguments -> Uni.createFrom().item(item));
    }

    public ScriptedPort<T> fails(String call, Throwable failure) {
        return on(call, arguments -> Uni.createFrom().failure(failure));
    }

    public long calls(String call) {
        return calls.stream().filter(call::equals).count();
    }

    public void reset() {
        answers.clear();
        calls.clear();
    }
}
