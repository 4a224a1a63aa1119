package dev.outbox.benchmark;

import java.util.Locale;
import java.util.Map;

/**
 * Horizontal bars as SVG; ours are filled darker. Written by hand: XChart draws letters as outlines, 110 KB and more for a
 * picture that takes 3 KB with text, and colours horizontal bars by series only.
 *
 * @param file name
 * @param title above the bars
 * @param unit of the values
 * @param bars value by contender, in the order of the picture
 */
record Plot(String file, String title, String unit, Map<String, Double> bars) {

    private static final int WIDTH = 720;
    private static final int LABELS = 190;
    private static final int VALUES = 90;
    private static final int ROW = 26;
    private static final int TOP = 44;

    String svg() {
        double max =
                bars.values().stream().mapToDouble(Double::doubleValue).max().orElse(1);
        StringBuilder svg =
                new StringBuilder(String.format(Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="13">
                <rect width="100%%" height="100%%" fill="#ffffff"/>
                <text x="12" y="24" font-size="15" font-weight="bold" fill="#222222">%s (%s)</text>
                """, WIDTH, TOP + bars.size() * ROW + 12, title, unit));
        int y = TOP;
        for (Map.Entry<String, Double> bar : bars.entrySet()) {
            svg.append(bar(bar.getKey(), bar.getValue(), max, y));
            y += ROW;
        }
        return svg.append("</svg>\n").toString();
    }

    private static String bar(String contender, double value, double max, int y) {
        double length = max == 0 ? 0 : value / max * (WIDTH - LABELS - VALUES);
        return String.format(
                Locale.ROOT,
                """
                <text x="%d" y="%d" text-anchor="end" fill="#222222">%s</text>
                <rect x="%d" y="%d" width="%.1f" height="%d" fill="%s"/>
                <text x="%.1f" y="%d" fill="#222222">%s</text>
                """,
                LABELS - 8,
                y + 16,
                contender,
                LABELS,
                y + 3,
                Math.max(1, length),
                ROW - 8,
                contender.startsWith("outbox") ? "#1f6f50" : "#9db4c0",
                LABELS + length + 6,
                y + 16,
                MarkdownReport.number(value));
    }
}
