"""The figures as a picture: bars for each model, the baseline as a line; and how sure each was against how often right.

Plain SVG with nothing to load: it opens in any browser, and its words can be read aloud, searched and copied.
"""

from collections.abc import Sequence
from html import escape

from transforms.evaluation.figure import Measured, Reliability
from transforms.evaluation.report import aligned, table

# What stands for a task; the table has the rest.
HEADLINES = (
    "F1 PER, ORG, LOC",
    "macro F1",
    "ROUGE-1 F",
    "ROUGE-2 F",
    "AUC",
    "found by its highlights",
    "balanced accuracy",
)
COLOURS = ("#1d4e89", "#d1603d", "#4c9f70", "#8e5ea2", "#b08900", "#5f6b73")  # told apart in grey too
LABEL_WIDTH, BAR_WIDTH, BAR, GAP, TOP = 380, 420, 13, 12, 34
WIDTH = LABEL_WIDTH + BAR_WIDTH + 60
PLOT, PLOT_GAP = 190, 70
INK, PALE = "#222", "#ccc"


def svg(measured: Sequence[Measured]) -> str:
    """Bars and reliability diagrams, one under the other, as one SVG document."""
    bars, height = _bars(measured, 0)
    plots, height = _reliabilities(measured, height + 30)
    title = "Figures of " + ", ".join(each.label for each in measured)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" font-size="12" fill="{INK}">'
        f'<title>{escape(title)}</title><rect width="{WIDTH}" height="{height}" fill="#fff"/>{bars}{plots}</svg>\n'
    )


def html(measured: Sequence[Measured]) -> str:
    """A page with the picture and, for whoever wants every number, the table."""
    rows = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table(measured).splitlines()]
    head = "".join(f"<th>{escape(cell)}</th>" for cell in rows[0])
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows[2:])
    notes = "".join(f"<p>{escape(note)}</p>" for each in measured for note in each.notes)
    style = (
        "body{font:14px sans-serif;margin:2em}table{border-collapse:collapse}td,th{padding:2px 10px;text-align:left}"
    )
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Evaluation</title><style>{style}</style>'
        f"<h1>Evaluation</h1>{svg(measured)}{notes}<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        "</html>\n"
    )


def _text(x: float, y: float, words: str, anchor: str = "start", size: int = 12) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}">{escape(words)}</text>'


def _bars(measured: Sequence[Measured], top: int) -> tuple[str, int]:
    """A group of bars for each headline figure, 0 to 1; returns the elements and where they end."""
    parts, y = [], top + TOP
    for place, each in enumerate(measured):
        parts.append(f'<rect x="10" y="{y - 10}" width="{BAR}" height="{BAR}" fill="{_colour(place)}"/>')
        parts.append(_text(30, y, each.label))
        y += 20
    for figure, own in aligned(measured):
        if figure.measure not in HEADLINES:
            continue
        start = y
        parts.append(_text(LABEL_WIDTH - 8, y + BAR - 2, f"{figure.data}: {figure.measure}", "end"))
        for place, value in enumerate(own):
            if value is not None:
                width = BAR_WIDTH * min(max(value.value, 0.0), 1.0)
                parts.append(
                    f'<rect x="{LABEL_WIDTH}" y="{y}" width="{width:.1f}" height="{BAR}" fill="{_colour(place)}"/>'
                )
                parts.append(_text(LABEL_WIDTH + width + 5, y + BAR - 2, f"{value.value:.3f}", size=11))
            y += BAR + 1
        if figure.baseline is not None:
            x = LABEL_WIDTH + BAR_WIDTH * figure.baseline
            line = (
                f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{start - 2}" y2="{y + 1}" stroke="{INK}" stroke-dasharray="3 2">'
            )
            parts.append(f"{line}<title>{escape(figure.against)}: {figure.baseline:.3f}</title></line>")
        y += GAP
    return "".join(parts), y


def _reliabilities(measured: Sequence[Measured], top: int) -> tuple[str, int]:
    """A square for each task and set: stated probability to the right, share that was right upwards."""
    plots: dict[tuple[str, str], list[tuple[int, Reliability]]] = {}
    for place, each in enumerate(measured):
        for found in each.reliabilities:
            plots.setdefault((found.task, found.data), []).append((place, found))
    parts, each_row = [], WIDTH // (PLOT + PLOT_GAP)
    for number, ((task, data), lines) in enumerate(plots.items()):
        x = 45 + (number % each_row) * (PLOT + PLOT_GAP)
        y = top + 20 + (number // each_row) * (PLOT + PLOT_GAP)
        parts.append(_plot(x, y, f"{task}: {data}", lines))
    rows = -(-len(plots) // each_row)
    return "".join(parts), top + rows * (PLOT + PLOT_GAP) + 10


def _plot(x: int, y: int, title: str, lines: Sequence[tuple[int, Reliability]]) -> str:
    parts = [
        _text(x, y - 6, title, size=10),
        f'<rect x="{x}" y="{y}" width="{PLOT}" height="{PLOT}" fill="none" stroke="{PALE}"/>',
        f'<line x1="{x}" y1="{y + PLOT}" x2="{x + PLOT}" y2="{y}" stroke="{PALE}"/>',
        _text(x, y + PLOT + 14, "0", size=10),
        _text(x + PLOT / 2, y + PLOT + 14, "said with probability", "middle", 10),
        _text(x + PLOT, y + PLOT + 14, "1", "end", 10),
        _text(x - 4, y + 10, "right", "end", 10),
    ]
    for place, found in lines:
        spots = [(x + PLOT * each.stated, y + PLOT * (1 - each.right), each.count) for each in found.bins]
        total = sum(count for _, _, count in spots)
        points = " ".join(f"{a:.1f},{b:.1f}" for a, b, _ in spots)
        parts.append(f'<polyline points="{points}" fill="none" stroke="{_colour(place)}"/>')
        parts += [
            f'<circle cx="{a:.1f}" cy="{b:.1f}" r="{2 + 8 * (count / total) ** 0.5:.1f}" fill="{_colour(place)}" '
            f'fill-opacity="0.6"><title>{count} labels</title></circle>'
            for a, b, count in spots
        ]
    return "".join(parts)


def _colour(place: int) -> str:
    return COLOURS[place % len(COLOURS)]
