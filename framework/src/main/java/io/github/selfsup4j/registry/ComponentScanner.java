package io.github.selfsup4j.registry;

import io.github.classgraph.ClassGraph;
import io.github.classgraph.ClassInfo;
import io.github.classgraph.ScanResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds components on the classpath (below our root package) and in plug-in jars and folders (wherever in them).
 * Plug-ins are code: only what is named is loaded.
 */
public final class ComponentScanner {
    private static final String ROOT = "io.github.selfsup4j";

    private ComponentScanner() {}

    /**
     * Our own components and those of plug-ins.
     *
     * @param plugIns jars, folders of jars, or folders of classes
     */
    public static Registry scan(List<Path> plugIns) {
        ClassLoader own = ComponentScanner.class.getClassLoader();
        List<Registry.Candidate> candidates = new ArrayList<>(candidates(new ClassGraph().acceptPackages(ROOT), own));
        List<Path> paths =
                plugIns.stream().flatMap(ComponentScanner::jars).distinct().toList();
        if (!paths.isEmpty()) {
            // stays open as long as the process: classes of a plug-in are loaded when they are first used
            ClassLoader loader = new URLClassLoader(
                    "plug-ins", paths.stream().map(ComponentScanner::url).toArray(URL[]::new), own);
            paths.forEach(
                    path -> candidates.addAll(candidates(new ClassGraph().overrideClasspath(path.toString()), loader)));
        }
        return new Registry(candidates);
    }

    private static List<Registry.Candidate> candidates(ClassGraph graph, ClassLoader loader) {
        try (ScanResult scan =
                graph.enableAnnotationInfo().ignoreClassVisibility().scan()) {
            return scan.getClassesWithAnnotation(Component.class.getName()).stream()
                    .map(info -> load(info, loader))
                    .toList();
        }
    }

    private static Registry.Candidate load(ClassInfo info, ClassLoader loader) {
        String origin = info.getClasspathElementFile().toString();
        try {
            return new Registry.Candidate(Class.forName(info.getName(), false, loader), origin);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new RegistryException(
                    "can't load " + info.getName() + " from " + origin
                            + ": was it compiled against this version, and for Java 17?",
                    e);
        }
    }

    private static Stream<Path> jars(Path path) {
        if (!Files.exists(path)) {
            throw new RegistryException("no plug-in at " + path + ": expected a jar, or a folder of jars or classes");
        }
        if (!Files.isDirectory(path)) {
            return Stream.of(path);
        }
        try (Stream<Path> files = Files.list(path)) {
            List<Path> jars = files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
            return jars.isEmpty() ? Stream.of(path) : jars.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new RegistryException("can't use " + path + " as a plug-in", e);
        }
    }
}
