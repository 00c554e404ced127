"""The same teams put to HiGHS as one program with one weighted sum, as is usual, in a process of its own.

Four levels only: musts unmet, their minutes, shoulds unmet, their minutes. More would need weights that doubles cannot
tell apart.
"""

HIGHS = """
import json, sys, time
import numpy as np, highspy
INF = highspy.kHighsInf

def solved(asked):
    team, slot, incident, steps = (np.array(asked[name]) for name in ("team", "slot", "incident", "steps"))
    must, should, weight = (np.array(asked[name]) for name in ("must", "should", "weight"))
    begun = time.perf_counter()
    arcs, arc = np.unique(team * 10_000 + incident, return_inverse=True)
    holds, slots = len(team), len(must)
    x = np.arange(len(arcs))
    m, s = len(arcs) + np.arange(holds), len(arcs) + holds + np.arange(holds)
    u, v = len(arcs) + 2 * holds + np.arange(slots), len(arcs) + 2 * holds + slots + np.arange(slots)
    count = len(arcs) + 2 * holds + 2 * slots
    each = weight[slot] * steps
    most_s, most_v = int((weight * should).sum()) * int(steps.max()) + 1, int((weight * should).sum()) + 1
    most_m = int((weight * must).sum()) * int(steps.max()) + 1
    cost = np.zeros(count)
    cost[s] = each
    cost[v] = weight * float(most_s)
    cost[m] = each * float(most_s) * most_v
    cost[u] = weight * float(most_s) * most_v * most_m
    rows = []
    for one in np.unique(team):
        rows.append((x[arcs // 10_000 == one], 1.0, -INF, 1.0))
    entries, lower, upper = [], [], []
    r = 0
    for columns, value, low, high in rows:
        entries.append((np.full(len(columns), r), columns, np.full(len(columns), value)))
        lower.append(low), upper.append(high)
        r += 1
    at = np.arange(holds)
    for columns, value in ((m, 1.0), (s, 1.0), (x[arc], -1.0)):
        entries.append((r + at, columns, np.full(holds, value)))
    lower += [-INF] * holds
    upper += [0.0] * holds
    r += holds
    for columns, left, wanted in ((m, u, must), (s, v, should)):
        entries.append((r + slot, columns, np.ones(holds)))
        entries.append((r + np.arange(slots), left, np.ones(slots)))
        lower += wanted.tolist()
        upper += wanted.tolist()
        r += slots
    row, column, value = (np.concatenate(parts) for parts in zip(*entries))
    order = np.lexsort((column, row))
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = count, r
    high = np.ones(count)
    high[u], high[v] = must, should
    model.col_cost_, model.col_lower_, model.col_upper_ = cost, np.zeros(count), high
    model.row_lower_, model.row_upper_ = np.array(lower, float), np.array(upper, float)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.searchsorted(row[order], np.arange(r + 1)).astype(np.int32)
    model.a_matrix_.index_ = column[order].astype(np.int32)
    model.a_matrix_.value_ = value[order]
    model.integrality_ = [highspy.HighsVarType.kInteger] * count
    solver = highspy._Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("time_limit", 60.0)
    solver.passModel(model)
    solver.run()
    took = 1000 * (time.perf_counter() - begun)
    z = np.rint(np.array(solver.getSolution().col_value))
    levels = [weight @ z[u], each @ z[m], weight @ z[v], each @ z[s]]
    return {"levels": [int(one) for one in levels], "ms": took, "status": str(solver.getModelStatus())}

found = [min((solved(asked) for _ in range(5)), key=lambda one: one["ms"]) for asked in json.load(sys.stdin)]
print(json.dumps(found))
"""
