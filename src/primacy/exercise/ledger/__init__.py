"""The many small things of a political process, as data: posts and laws, promises and markets, what people think.

Each entry of the YAML files here says what there is, what drives it, and who sees it. From a simulated history it
becomes things with true values; nothing in it knows of benchmarks.

An entry has the columns of a data point (kind, category, item, area, actor, target, group, stratum), `for` (what it is
repeated over: its values fill the braces of the columns), `seen` (producers), `from` (its first month: a number, or
`deployment`, `agreement`, `polling` with + or - months) and `until`, `over` (items begin within so many months, each by
its own luck), `expected: true` where a register lists it, and ways in which measures come about:

    passes   {measure: {by, scale, hold, values, once}}   it holds or not; the share that holds follows the drivers
    stages   {measure: {steps, pace, by, back}}           steps one after the other, and back
    reached  {measure: {pace, by}}                        happens once and stays
    due      {least, most}                                months after its beginning by which it is due
    level    {measure: {by, scale, spread, noise, whole}} a quantity that follows the drivers
    holders  {measure: [{group, by, scale}, ...]}, rest   held by one of these groups, else by `rest`
    events   {often, by, base, measures, spread}          so many a month; `measures` are parts of the `base`, or of
                                                          another measure (`of`)
    fixed    {measure: value}

`by` weighs variables of the world: {officials: 2, money: 1, -tension: 1}; a minus turns one round. `scale` is what 0
and 1 of the weighted mean are worth.
"""
