package dev.outbox.devservices.internal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Ctrl-C in a terminal reaches the whole process group. The parent alone decides then when its servers stop, or they
 * would be gone before the applications that still need them.
 */
final class TerminalInterrupt {

    private TerminalInterrupt() {}

    static void ignore() {
        // By reflection: javac warns of this class wherever it is named, and there is no other way to a signal.
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object nothing = Proxy.newProxyInstance(
                    TerminalInterrupt.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, args) -> null);
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("INT"), nothing);
        } catch (ClassNotFoundException
                | NoSuchMethodException
                | InstantiationException
                | IllegalAccessException
                | InvocationTargetException e) {
            throw new IllegalStateException("Cannot ignore the interrupt signal", e);
        }
    }
}
