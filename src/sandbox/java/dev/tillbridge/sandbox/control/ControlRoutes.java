package dev.tillbridge.sandbox.control;

import java.util.function.Function;

/** Takes the calls of the control API. */
public interface ControlRoutes {

    /**
     * Adds a call.
     *
     * @param method GET, POST, PUT or DELETE
     * @param path below {@code /_sandbox}, such as {@code /clover/stock}; {@code :name} is a parameter
     * @param summary one sentence for {@code GET /_sandbox}
     * @param example a body (POST, PUT) or a query (GET, DELETE); empty where none is needed
     * @param answer gives what Jackson can write, answered 200; {@link BadControlInput} is answered 400
     */
    void add(String method, String path, String summary, String example, Function<ControlRequest, Object> answer);
}
