"""Pictures: how fast the charts of a full assessment are drawn, and what drawing costs a process.

    python bench/pictures.py

Sixty charts of 108 months, with two baselines, a threshold, a band, events and monitoring effort: more than any page
holds. Each is put together and drawn as SVG in a process of its own, so that start-up and memory are counted. The peer
builds the same object with Altair's classes, as its documentation shows, and draws it with the same renderer.
"""

import json
import subprocess
import sys

COUNT = 60
RUN = """
import json, resource, sys, time
from primacy.ui.pictures import Happening, Level, Picture, specification, svg
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
def picture(n):
    months = tuple(f"{2015 + m // 12}-{m % 12 + 1:02}-01" for m in range(108))
    levels = tuple(Level(kind, value, kind, str(value), span) for kind, value, span in (
        ("baseline", 9.0, (6, 18)), ("other", 7.0, (30, 42)), ("now", 4.0, (96, 108)), ("needed", 6.0, (96, 108))))
    values = (None, None, *(float((7 * m + n) % 13) for m in range(106)))
    effort = tuple(float(m) for m in range(108))
    return Picture(f"Chart {n}", "events a month", months, values, baseline=(6, 18), others=((30, 42),),
                   window=(96, 108), band=(3.0, 5.0), levels=levels, changes=(40,), incomplete_from=107,
                   happenings=(Happening("2019-02-06", "the agreement"),), effort=effort, effort_words="effort")
def altair_again(spec):
    import altair
    layers = []
    for layer in spec["layer"]:
        mark = dict(layer["mark"])
        chart = getattr(altair.Chart(altair.Data(values=layer["data"]["values"])), "mark_" + mark.pop("type"))(**mark)
        channels = {name: getattr(altair, name[0].upper() + name[1:])(**{("shorthand" if key == "field" else key): value
                    for key, value in channel.items()}) for name, channel in layer["encoding"].items()}
        layers.append(chart.encode(**channels))
    return altair.layer(*layers).properties(width=spec["width"], height=spec["height"]).to_dict(validate=False)
peer = sys.argv[1] == "peer"
start = time.perf_counter()
svg(specification(picture(0)))
first = time.perf_counter() - start
start, cpu = time.perf_counter(), time.process_time()
for n in range(1, 61):
    spec = specification(picture(n))
    svg({**spec, **altair_again(spec)} if peer else spec)
print(json.dumps([first, time.perf_counter() - start, time.process_time() - cpu,
                  (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024]))
"""


def table() -> str:
    """Seconds and megabytes, ours beside Altair's classes."""
    ours, peer = measured("ours"), measured("peer")
    rows = [
        ("the first chart, start-up included, s", 0, "{:.2f}", ""),
        (f"{COUNT} charts, s", 1, "{:.1f}", "at most 5"),
        (f"{COUNT} charts, seconds of the processor", 2, "{:.1f}", ""),
        ("memory that drawing adds to a process, MB", 3, "{:.0f}", ""),
    ]
    lines = ["| what | ours | built with Altair's classes | target |", "| --- | --- | --- | --- |"]
    lines += [f"| {what} | {form.format(ours[n])} | {form.format(peer[n])} | {aim} |" for what, n, form, aim in rows]
    return "\n".join(lines)


def measured(way: str) -> tuple[float, float, float, float]:
    """Seconds until the first chart, seconds for all others, those of the processor, and megabytes more than before."""
    out = subprocess.run([sys.executable, "-c", RUN, way], capture_output=True, text=True, check=True)
    first, seconds, processor, more = json.loads(out.stdout)
    return first, seconds, processor, more


if __name__ == "__main__":
    print(table())
